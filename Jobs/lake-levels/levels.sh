#!/bin/sh
# Rolling average, extremes, decades and trend of a yearly series: a shell script and awk, nothing else.
set -eu
LC_ALL=C
export LC_ALL

# Sorted by year, without the header and without line ends from other systems.
years="$TMPDIR/years.csv"
tail -n +2 "$ALMANAC_INPUT_LAKE" | tr -d '\r' | sort -t, -k1,1n > "$years"
echo "read $(wc -l < "$years" | tr -d ' ') years, averages over $ALMANAC_PARAMETER_WINDOW"

# Least squares needs the sums before the first line can be written: awk reads the file twice.
awk -F, -v window="$ALMANAC_PARAMETER_WINDOW" -v metrics="$ALMANAC_METRICS" '
  NR == FNR {
    if ($1 !~ /^[0-9]+$/ || $2 !~ /^[0-9]+(\.[0-9]+)?$/) { print "line " FNR + 1 " is not a year and a level" > "/dev/stderr"; failed = 1; exit 1 }
    if (n && $1 != last + 1) { print "the years jump from " last " to " $1 > "/dev/stderr"; failed = 1; exit 1 }
    n++; last = $1; x = $1 - 1900; sx += x; sy += $2; sxx += x * x; sxy += x * $2
    if (n == 1 || $2 < low) low = $2
    if (n == 1 || $2 > high) high = $2
    next
  }
  FNR == 1 { slope = (n * sxy - sx * sy) / (n * sxx - sx * sx); start = (sy - slope * sx) / n; print "year,level,rolling,trend" }
  {
    level[FNR] = $2; sum += $2
    if (FNR > window) sum -= level[FNR - window]
    rolling = FNR >= window ? sprintf("%.2f", sum / window) : ""
    printf "%d,%.2f,%s,%.2f\n", $1, $2, rolling, start + slope * ($1 - 1900)
  }
  END {
    if (failed) exit 1
    printf "trend_per_decade,%.4f\nlatest_level,%.2f\nmean_level,%.3f\n", slope * 10, level[FNR], sy / n >> metrics
    printf "latest_from_mean,%.2f\nrange,%.2f\n", level[FNR] - sy / n, high - low >> metrics
    if (rolling != "") printf "latest_rolling,%s\n", rolling >> metrics
    printf "trend %.3f ft per decade\n", slope * 10 > "/dev/stderr"
  }' "$years" "$years" > "$ALMANAC_OUTPUT_LEVELS"

mean=$(awk -F, '{ sum += $2 } END { print sum / NR }' "$years")
{
  echo "kind,rank,year,level,from_mean"
  sort -t, -k2,2nr -k1,1n "$years" | head -n 5 | awk -F, -v mean="$mean" '{ printf "highest,%d,%d,%.2f,%.2f\n", NR, $1, $2, $2 - mean }'
  sort -t, -k2,2n -k1,1n "$years" | head -n 5 | awk -F, -v mean="$mean" '{ printf "lowest,%d,%d,%.2f,%.2f\n", NR, $1, $2, $2 - mean }'
} > "$ALMANAC_OUTPUT_EXTREMES"

awk -F, -v metrics="$ALMANAC_METRICS" '
  function flush() {
    if (count) {
      printf "%d,%d,%.2f,%.2f,%.2f\n", decade, count, sum / count, low, high
      printf "decade_mean,%.3f,%d\n", sum / count, decade >> metrics
    }
  }
  BEGIN { print "decade,years,mean,lowest,highest" }
  {
    its = int($1 / 10) * 10
    if (its != decade) { flush(); decade = its; count = 0; sum = 0 }
    if (!count || $2 < low) low = $2
    if (!count || $2 > high) high = $2
    count++; sum += $2
  }
  END { flush() }' "$years" > "$ALMANAC_OUTPUT_DECADES"
