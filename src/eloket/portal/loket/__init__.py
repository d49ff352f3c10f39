"""The E-loket: the products, and the form that ends in a zaak."""
