"""Expects of each coming day what the same weekday brought in the last four weeks. Python's standard library only."""
import csv
import datetime
import os

WEEKS = 4

with open(os.environ["ALMANAC_INPUT_ORDERS"], newline="", encoding="utf-8") as file:
    orders = {datetime.date.fromisoformat(row["day"]): int(row["orders"]) for row in csv.DictReader(file)}
last = max(orders)
print(f"read {len(orders)} days, the last is {last}")


def same_weekday(day, known):
    """The orders of this weekday in the last four weeks before the day that are known."""
    earlier = (day - datetime.timedelta(weeks=back) for back in range(1, 60))
    return [known[date] for date in earlier if date in known][:WEEKS]


# How good is it? Each of the last 14 days, forecast from the days before that fortnight.
fortnight = [last - datetime.timedelta(days=back) for back in range(14)]
before = {day: count for day, count in orders.items() if day < min(fortnight)}
errors = [abs(orders[day] - sum(guess) / len(guess)) for day in fortnight if day in orders and (guess := same_weekday(day, before))]
error = sum(errors) / len(errors)
with open(os.environ["ALMANAC_METRICS"], "a", encoding="utf-8") as file:
    file.write(f"error,{error:.2f}\n")
print(f"tested on the last {len(errors)} days: wrong by {error:.1f} orders on a usual day")

with open(os.environ["ALMANAC_OUTPUT_FORECAST"], "w", newline="", encoding="utf-8") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["day", "weekday", "expected", "low", "high"])
    for ahead in range(1, int(os.environ["ALMANAC_PARAMETER_DAYS"]) + 1):
        day = last + datetime.timedelta(days=ahead)
        recent = same_weekday(day, orders)
        if not recent:
            raise SystemExit(f"no orders are known for any {day:%A}")
        table.writerow([day, f"{day:%A}", round(sum(recent) / len(recent)), min(recent), max(recent)])
