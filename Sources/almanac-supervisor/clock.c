// Wall-clock time in milliseconds, and as RFC 3339 text.
#include "clock.h"

#include <time.h>

static int64_t milliseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now(void) { return milliseconds(CLOCK_REALTIME); }

int64_t clock_steady(void) { return milliseconds(CLOCK_MONOTONIC); }

static void digits(char *text, int width, int value) {
    for (int place = width - 1; place >= 0; place--) {
        text[place] = (char)('0' + value % 10);
        value /= 10;
    }
}

void clock_text(int64_t instant, char text[CLOCK_TEXT_LENGTH]) {
    time_t seconds = (time_t)(instant / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    digits(text, 4, parts.tm_year + 1900);
    text[4] = '-';
    digits(text + 5, 2, parts.tm_mon + 1);
    text[7] = '-';
    digits(text + 8, 2, parts.tm_mday);
    text[10] = 'T';
    digits(text + 11, 2, parts.tm_hour);
    text[13] = ':';
    digits(text + 14, 2, parts.tm_min);
    text[16] = ':';
    digits(text + 17, 2, parts.tm_sec);
    text[19] = '.';
    digits(text + 20, 3, (int)(instant % 1000));
    text[23] = 'Z';
}
