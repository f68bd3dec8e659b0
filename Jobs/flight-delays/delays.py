"""Learns the chance of a late arrival from what is known when a schedule is made, and measures it on later flights."""
import json
import os

import pandas
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import brier_score_loss, roc_auc_score

CATEGORIES = ["carrier", "origin", "destination", "weekday"]
NUMBERS = ["departure_hour", "distance"]


def main():
    with open(os.environ["ALMANAC_PARAMETERS"], encoding="utf-8") as file:
        parameters = json.load(file)
    flights = read_flights(parameters["late_after"])
    earlier = flights["date"] < parameters["test_from"]
    if earlier.sum() < 5000 or (~earlier).sum() < 2000:
        raise SystemExit("test_from leaves fewer than 5,000 flights to learn from or fewer than 2,000 to test on; choose another day")

    test = flights[~earlier].copy()
    test["chance"] = chances(learn(flights[earlier]), test)
    print(f"learned from {earlier.sum():,} flights, tested on {len(test):,}")
    report_metrics(flights, test, constant=flights.loc[earlier, "late"].mean())
    write_test_tables(test)

    # What readers plan with comes from a model of the same kind that has seen the whole year.
    flights["chance"] = chances(learn(flights), flights)
    cells = flights.groupby(["origin", "hour"], observed=True).agg(flights=("late", "size"), chance=("chance", "mean")).reset_index()
    cells = cells[cells["flights"] >= 30]
    cells["chance"] = percent(cells["chance"])
    cells = cells.sort_values("chance", ascending=False, kind="stable")
    write("chances", cells)
    worst = cells.iloc[0]
    print(f"highest chance: {worst['origin']} at {worst['hour']}:00, {worst['chance']} %")


def read_flights(late_after):
    """The flights that landed where they should, with what is known beforehand and whether they were late."""
    flights = pandas.read_csv(os.environ["ALMANAC_INPUT_FLIGHTS"], parse_dates=["date"])
    landed = flights["arrival_delay"].notna()
    print(f"read {len(flights):,} flights; {(~landed).sum():,} were cancelled or diverted and are left out")
    flights = flights[landed].copy()
    flights["late"] = (flights["arrival_delay"] > late_after).astype(int)
    flights["hour"] = flights["departure"] // 100
    flights["departure_hour"] = flights["hour"] + flights["departure"] % 100 / 60
    flights["weekday"] = flights["date"].dt.day_name()
    for name in CATEGORIES:
        flights[name] = flights[name].astype("category")
    return flights


def learn(flights):
    model = HistGradientBoostingClassifier(
        categorical_features="from_dtype", max_leaf_nodes=8, max_iter=120, learning_rate=0.05, min_samples_leaf=100,
        early_stopping=False, random_state=0)
    return model.fit(flights[CATEGORIES + NUMBERS], flights["late"])


def chances(model, flights):
    return model.predict_proba(flights[CATEGORIES + NUMBERS])[:, 1]


def report_metrics(flights, test, constant):
    with open(os.environ["ALMANAC_METRICS"], "a", encoding="utf-8") as file:
        def metric(name, value, **where):
            file.write(json.dumps({"name": name, "value": round(float(value), 4), **where}) + "\n")

        auc = roc_auc_score(test["late"], test["chance"])
        brier = brier_score_loss(test["late"], test["chance"])
        metric("auc", auc)
        metric("brier", brier)
        metric("brier_constant", ((test["late"] - constant) ** 2).mean())
        metric("late_share", test["late"].mean() * 100)
        print(f"AUC {auc:.3f}, Brier score {brier:.4f}, late {test['late'].mean():.1%}")
        for origin, group in test.groupby("origin", observed=True):
            metric("auc", roc_auc_score(group["late"], group["chance"]), slice=origin)
            metric("brier", brier_score_loss(group["late"], group["chance"]), slice=origin)
            metric("late_share", group["late"].mean() * 100, slice=origin)
        for month, share in flights.groupby(flights["date"].dt.month)["late"].mean().items():
            metric("monthly_late_share", share * 100, step=int(month))


def write_test_tables(test):
    def compare(by):
        table = test.groupby(by, observed=True).agg(flights=("late", "size"), predicted=("chance", "mean"), observed=("late", "mean")).reset_index()
        table["predicted"], table["observed"] = percent(table["predicted"]), percent(table["observed"])
        return table

    hours = compare("hour")
    write("hours", hours[hours["flights"] >= 30])

    names = pandas.read_csv(os.environ["ALMANAC_INPUT_AIRLINE_NAMES"])
    airlines = compare("carrier").merge(names, on="carrier", how="left").rename(columns={"name": "airline"})
    airlines = airlines[airlines["flights"] >= 100].sort_values("observed", ascending=False)
    write("airlines", airlines[["carrier", "airline", "flights", "predicted", "observed"]])

    test["group"] = (test["chance"].rank(method="first", pct=True) * 10).apply(lambda rank: min(int(rank) + 1, 10))
    write("calibration", compare("group"))


def percent(shares):
    return (shares * 100).round(1)


def write(output, table):
    table.to_csv(os.environ[f"ALMANAC_OUTPUT_{output.upper()}"], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
