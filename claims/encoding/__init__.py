"""Running a transformer's layers over what is there: no padding, weights laid out beforehand."""
