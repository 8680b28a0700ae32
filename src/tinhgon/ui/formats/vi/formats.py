"""
Forms of dates and numbers that Django's Vietnamese leaves to the American defaults.

Without them a plain date field reads 01/7/2024 as the seventh of January.
"""

from __future__ import annotations

DATE_FORMAT = "d/n/Y"  # January and February need |vndate, which writes 01 and 02
SHORT_DATE_FORMAT = DATE_FORMAT
DATETIME_FORMAT = r"G:i \n\g\à\y d/n/Y"
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
TIME_FORMAT = "G:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
