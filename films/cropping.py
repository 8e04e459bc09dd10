"""Cutting a picture to a shape around the point where the eye should rest."""


def cropped(picture, ratio, focal):
    """Return the largest part of *picture* with *ratio* (width, height) around *focal*, in percent of its sides."""
    return picture.crop(crop_box(picture.size, ratio, focal))


def crop_box(size, ratio, focal):
    """Return (left, top, right, bottom) of that part; it lies inside, so the focal point need not be its middle."""
    width, height = size
    across, down = ratio
    cut_width = max(1, min(width, round(height * across / down)))
    cut_height = max(1, min(height, round(width * down / across)))
    left, top = _start(width, cut_width, focal[0]), _start(height, cut_height, focal[1])
    return left, top, left + cut_width, top + cut_height


def fitting(size, width):
    """Return *size* at that *width*; a side is a pixel at least."""
    return width, max(1, round(size[1] * width / size[0]))


def _start(length, part, percent):
    return max(0, min(length - part, round(length * percent / 100 - part / 2)))
