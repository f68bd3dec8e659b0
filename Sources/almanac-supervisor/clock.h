// Wall-clock time in milliseconds, and as text.
#pragma once
#include <stdint.h>

/// Milliseconds since 1970 in UTC, now.
int64_t clock_now(void);

enum { CLOCK_TEXT_LENGTH = 24 };

/// Milliseconds of a clock that nobody sets.
int64_t clock_steady(void);

/// Writes an instant as `2026-03-08T07:00:00.123Z`: 24 characters, no NUL.
void clock_text(int64_t instant, char text[CLOCK_TEXT_LENGTH]);
