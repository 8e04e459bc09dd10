"""The sample site: two films called "Rush", an explainer, a draft, and an editor to log in as."""

from rushcms.demo.site import SampleSite, has_articles_of_its_own, is_empty, make_sample_site

__all__ = ["SampleSite", "has_articles_of_its_own", "is_empty", "make_sample_site"]
