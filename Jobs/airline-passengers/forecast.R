# Forecasts monthly passengers with the seasonal ARIMA that is named after this series, and measures itself on months it did not see.
# Base R only. Box, Jenkins: Time Series Analysis, Forecasting and Control (1976), chapter 9: ARIMA(0,1,1)(0,1,1)12 on logarithms.

season <- 12L
horizon <- as.integer(Sys.getenv("ALMANAC_PARAMETER_HORIZON", "12"))

history <- read.csv(Sys.getenv("ALMANAC_INPUT_PASSENGERS"), colClasses = c("Date", "integer"))
history <- history[order(history$month), ]
n <- nrow(history)
expected_months <- seq(history$month[1], by = "month", length.out = n)
if (!identical(format(history$month), format(expected_months))) stop("the months have a gap or appear twice; the method needs each month once")
if (any(is.na(history$passengers) | history$passengers <= 0)) stop("a month has no count, or a count that is not positive")
first <- as.POSIXlt(history$month[1])
cat(sprintf("read %d months, %s to %s\n", n, format(history$month[1], "%Y-%m"), format(history$month[n], "%Y-%m")))

# The forecast from a series of counts: the middle, and the 80 % and 95 % ranges, in counts.
predict_from <- function(counts, ahead) {
  series <- ts(log(counts), start = c(first$year + 1900, first$mon + 1), frequency = season)
  model <- arima(series, order = c(0, 1, 1), seasonal = list(order = c(0, 1, 1), period = season), method = "ML")
  future <- predict(model, n.ahead = ahead)
  at <- function(z) exp(as.numeric(future$pred) + z * as.numeric(future$se))
  list(model = model, expected = at(0), low = at(qnorm(0.025)), high = at(qnorm(0.975)), low_80 = at(qnorm(0.10)), high_80 = at(qnorm(0.90)))
}

# Rolling test: from each of the last 13 year-ends of the data, forecast the 12 months that followed and compare.
# The earliest of these forecasts starts 24 months before the end, so that every one of them can be checked in full.
origins <- (n - 2L * season):(n - season)
if (origins[1] < 3L * season) stop("the test needs five years of months or more")
errors <- t(sapply(origins, function(origin) {
  guess <- predict_from(history$passengers[1:origin], season)
  actual <- history$passengers[origin + 1:season]
  naive <- history$passengers[origin - season + 1:season]
  c(abs(guess$expected / actual - 1), abs(naive / actual - 1), actual >= guess$low & actual <= guess$high)
})) * 100
step_error <- colMeans(errors[, 1:season])
mape <- mean(errors[, 1:season])
mape_naive <- mean(errors[, season + 1:season])
coverage <- mean(errors[, 2L * season + 1:season])
cat(sprintf("tested on %d forecasts of %d months: typical error %.2f %%, repeating last year %.2f %%, inside the 95 %% range %.1f %%\n",
            length(origins), season, mape, mape_naive, coverage))

# The last year as it would have been forecast a year ago.
last_origin <- n - season
year_ago <- predict_from(history$passengers[1:last_origin], season)
backtest <- data.frame(
  month = history$month[last_origin + 1:season],
  counted = history$passengers[last_origin + 1:season],
  forecast = round(year_ago$expected, 1),
  last_year = history$passengers[last_origin - season + 1:season])
backtest$error <- round(100 * (backtest$forecast / backtest$counted - 1), 1)

# The forecast itself, from everything that is known.
latest <- predict_from(history$passengers, horizon)
cat("coefficients:", paste(names(coef(latest$model)), round(coef(latest$model), 3), collapse = ", "), "\n")
months <- seq(history$month[n], by = "month", length.out = horizon + 1L)[-1]
forecast <- data.frame(
  month = months, expected = round(latest$expected, 1), low = round(latest$low, 1), high = round(latest$high, 1),
  low_80 = round(latest$low_80, 1), high_80 = round(latest$high_80, 1))

# For the picture: one line through four years of counts and the forecast; the range opens at the last count.
recent <- history[max(1L, n - 4L * season + 1L):n, ]
outlook <- rbind(
  data.frame(month = recent$month, kind = "counted", passengers = recent$passengers, low = NA, high = NA),
  data.frame(month = months, kind = "expected", passengers = forecast$expected, low = forecast$low, high = forecast$high))
outlook[nrow(recent), c("low", "high")] <- recent$passengers[nrow(recent)]

write <- function(table, name) write.csv(table, Sys.getenv(paste0("ALMANAC_OUTPUT_", name)), row.names = FALSE, quote = FALSE, na = "")
write(forecast, "FORECAST")
write(outlook, "OUTLOOK")
write(backtest, "BACKTEST")

metric <- function(...) cat(paste(..., sep = ","), "\n", file = Sys.getenv("ALMANAC_METRICS"), append = TRUE, sep = "")
metric("mape", signif(mape, 6))
metric("mape_naive", signif(mape_naive, 6))
metric("coverage_95", signif(coverage, 6))
for (ahead in seq_len(season)) metric("step_error", signif(step_error[ahead], 6), ahead)
cat(sprintf("expected in %s: %.0f (%.0f to %.0f) thousand\n", format(months[1], "%B %Y"), latest$expected[1], latest$low[1], latest$high[1]))
