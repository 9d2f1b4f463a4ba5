"""Pure rules of the assessment: values in, refusals out. Begin with ``states/``."""
