# Fits trend and season to the Mauna Loa record by least squares, forecasts from the last month, and measures itself on the last ten years.
# Standard library only; written for Julia 1.5 and later.
# The form is that of NOAA's curve fits: a quadratic trend and four harmonics of the year (Thoning, Tans, Komhyr 1989, J. Geophys. Res. 94).
using Dates
using LinearAlgebra
using Printf

const HARMONICS = 4
const TEST_YEARS = 10
const RECENT_YEARS = 20     # what forecasts learn from; older months say little about today's rise

"One monthly average per calendar month from the first to the last; NaN where fewer than two weeks were measured."
function read_months(path)
    lines = readlines(path)
    strip(lines[1]) == "week,ppm" || error("the first line of the input is not: week,ppm")
    sums = Dict{Date,Tuple{Float64,Int}}()
    first_month, last_month = Date(9999), Date(0)
    for line in lines[2:end]
        week, ppm = split(line, ',')
        month = firstdayofmonth(Date(week))
        first_month, last_month = min(first_month, month), max(last_month, month)
        isempty(ppm) && continue
        total, count = get(sums, month, (0.0, 0))
        sums[month] = (total + parse(Float64, ppm), count + 1)
    end
    months = collect(first_month:Month(1):last_month)
    values = [begin
        total, count = get(sums, month, (0.0, 0))
        count >= 2 ? total / count : NaN
    end for month in months]
    return months, values
end

"Years from the middle of the record that is fitted: small numbers keep the quadratic well conditioned."
years(index, centre) = (index - centre) / 12

trend_row(index, centre) = [1.0, years(index, centre), years(index, centre)^2]

"`phase` is the calendar month, 1 to 12."
season_row(phase) = [f(2pi * k * phase / 12) for k in 1:HARMONICS for f in (sin, cos)]

struct Fit
    centre::Float64
    trend::Vector{Float64}
    season::Vector{Float64}
    residual::Float64       # of the last month that was measured
    last_measured::Int
    memory::Float64         # how much of one month's residual is left in the next
    shock::Float64          # standard deviation of what is new in each month
    spread::Matrix{Float64} # covariance of the coefficients
end

"Least squares on the months first:last, with residuals that fade as a first-order autoregression."
function fit(values, phases, first, last)
    measured = [i for i in first:last if !isnan(values[i])]
    centre = (first + last) / 2
    rows = vcat([transpose(vcat(trend_row(i, centre), season_row(phases[i]))) for i in measured]...)
    coefficients = rows \ values[measured]
    residuals = fill(NaN, last)
    residuals[measured] = values[measured] - rows * coefficients
    pairs = [i for i in (first+1):last if !isnan(residuals[i]) && !isnan(residuals[i-1])]
    memory = dot(residuals[pairs], residuals[pairs.-1]) / sum(abs2, residuals[pairs.-1])
    shock = sqrt(sum(abs2, residuals[pairs] - memory * residuals[pairs.-1]) / length(pairs))
    variance = sum(abs2, residuals[measured]) / (length(measured) - length(coefficients))
    # Neighbouring residuals are alike, so the record tells less than as many independent months would.
    spread = variance * (1 + memory) / (1 - memory) * inv(Symmetric(transpose(rows) * rows))
    return Fit(centre, coefficients[1:3], coefficients[4:end], residuals[measured[end]], measured[end], memory, shock, Matrix(spread))
end

"The expected level of month `index` and its standard error, for a month after the last measured one."
function predict(f::Fit, index, phase)
    row = vcat(trend_row(index, f.centre), season_row(phase))
    steps = index - f.last_measured
    level = dot(row, vcat(f.trend, f.season)) + f.memory^steps * f.residual
    noise = f.shock^2 * (1 - f.memory^(2steps)) / (1 - f.memory^2)
    return level, sqrt(noise + dot(row, f.spread * row))
end

slope(f::Fit, index) = f.trend[2] + 2 * f.trend[3] * years(index, f.centre)

function write_table(name, header, rows)
    open(ENV["ALMANAC_OUTPUT_" * name], "w") do file
        println(file, header)
        foreach(row -> println(file, join(row, ',')), rows)
    end
end

number(value) = isnan(value) ? "" : @sprintf("%.2f", value)

function metric(name, value, step...)
    open(file -> println(file, join((name, @sprintf("%.4f", value), step...), ',')), ENV["ALMANAC_METRICS"], "a")
end

"Forecasts of twelve months from the end of each of the ten years before the last, compared with what was measured."
function test_forecasts(values, phases)
    n = length(values)
    errors, naive_errors, inside = [Float64[] for _ in 1:12], Float64[], Bool[]
    for origin in (n - 12TEST_YEARS):12:(n - 12)
        f = fit(values, phases, max(1, origin - 12RECENT_YEARS + 1), origin)
        year(last) = (known = filter(!isnan, values[(last-11):last]); sum(known) / length(known))
        rise = year(origin) - year(origin - 12)
        for ahead in 1:12
            actual = values[origin+ahead]
            isnan(actual) && continue
            level, deviation = predict(f, origin + ahead, phases[origin+ahead])
            push!(errors[ahead], level - actual)
            push!(inside, abs(level - actual) <= 1.96 * deviation)
            before = values[origin+ahead-12]
            isnan(before) || push!(naive_errors, before + rise - actual)
        end
    end
    return errors, naive_errors, inside
end

rms(values) = sqrt(sum(abs2, values) / length(values))

function main()
    horizon = parse(Int, get(ENV, "ALMANAC_PARAMETER_HORIZON", "24"))
    months, values = read_months(ENV["ALMANAC_INPUT_WEEKLY"])
    phases, n = month.(months), length(months)
    n >= 12 * (TEST_YEARS + 10) || error("the test needs twenty years of months or more")
    println("read $n months, $(months[1]) to $(months[end]), $(count(isnan, values)) of them without a figure")

    errors, naive_errors, inside = test_forecasts(values, phases)
    metric("rmse", rms(vcat(errors...)))
    metric("rmse_naive", rms(naive_errors))
    metric("coverage", 100 * count(inside) / length(inside))
    for ahead in 1:12
        metric("step_rmse", rms(errors[ahead]), ahead)
    end
    println("tested on $(length(inside)) months: typical error $(number(rms(vcat(errors...)))) ppm, ",
            "last year plus its rise $(number(rms(naive_errors))) ppm")

    whole = fit(values, phases, 1, n)
    recent = fit(values, phases, max(1, n - 12RECENT_YEARS + 1), n)
    metric("growth_now", slope(whole, n))
    metric("growth_start", slope(whole, 1))
    println("rise per year: $(number(slope(whole, 1))) ppm at the beginning, $(number(slope(whole, n))) ppm at the end")

    write_table("FORECAST", "month,expected,low,high", [begin
        index = n + ahead
        date = months[end] + Month(ahead)
        level, deviation = predict(recent, index, month(date))
        (date, number(level), number(level - 1.96 * deviation), number(level + 1.96 * deviation))
    end for ahead in 1:horizon])

    effects = [dot(season_row(phase), whole.season) for phase in 1:12]
    write_table("HISTORY", "month,measured,without_season,trend",
        [(months[i], number(values[i]), number(values[i] - effects[phases[i]]), number(dot(trend_row(i, whole.centre), whole.trend))) for i in 1:n])
    write_table("SEASON", "month,effect", [(monthname(phase), number(effects[phase])) for phase in 1:12])

    # A year's average without the season, so that a month without a figure does not tilt it.
    averages = Dict{Int,Float64}()
    for y in unique(year.(months))
        known = [values[i] - effects[phases[i]] for i in 1:n if year(months[i]) == y && !isnan(values[i])]
        length(known) >= 10 && (averages[y] = sum(known) / length(known))
    end
    write_table("GROWTH", "year,average,rise",
        [(y, number(averages[y]), number(get(averages, y - 1, NaN) |> before -> averages[y] - before)) for y in sort(collect(keys(averages)))])
end

main()
