"""The E-loket: what a person can apply for or report, and how a form ends in a zaak."""
