"""ydata-profiling over flattened orders, timed; it runs in an environment of its own, without the kit."""

import json
import sys
import time
import warnings
from importlib.metadata import version

import pandas as pd
from ydata_profiling import ProfileReport

warnings.simplefilter("ignore")
with open(sys.argv[1], "rb") as file:  # noqa: PTH123  as few imports as can be
    lines = file.readlines()
start = time.perf_counter()
frame = pd.json_normalize([json.loads(line) for line in lines])
for column in frame.columns:
    if frame[column].map(lambda each: isinstance(each, list | dict)).any():
        frame[column] = frame[column].map(str)  # it takes no lists
report = ProfileReport(frame, minimal=True, progress_bar=False)
report.get_description()
described = time.perf_counter() - start
report.to_json()
told = {
    "described": described,
    "seconds": time.perf_counter() - start,
    "version": version("ydata-profiling"),
    "pandas": version("pandas"),
}
print(json.dumps(told))  # noqa: T201  its answer
