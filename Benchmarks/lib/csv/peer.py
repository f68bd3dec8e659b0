"""Reads a CSV file with one library and prints seconds, rows and the most memory that was used. The days and times become days and times with all of them."""
import json
import os
import resource
import sys
import time

peer, path = sys.argv[1:3]
if peer == "pandas":
    import pandas
    read = lambda: pandas.read_csv(path, parse_dates=["day", "at"])
elif peer == "pandas, days as text":
    import pandas
    read = lambda: pandas.read_csv(path)
elif peer == "pyarrow":
    import pyarrow.csv
    read = lambda: pyarrow.csv.read_csv(path)
else:
    import polars
    read = lambda: polars.read_csv(path, try_parse_dates=True)
used, start = os.times(), time.perf_counter()
table = read()
seconds, now = time.perf_counter() - start, os.times()
print(json.dumps({
    "seconds": seconds, "processor": now.user + now.system - used.user - used.system, "rows": table.shape[0],
    "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
