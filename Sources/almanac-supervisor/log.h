// The log of an attempt: lines with time and stream, the beginning and the end kept.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOG_LONGEST_LINE = 64 << 10 };

/// One stream's line that has not ended yet.
struct log_stream {
    char letter;  // `o` or `e`
    size_t used;
    char line[LOG_LONGEST_LINE];
};

struct log {
    int file;
    int problem;  // errno of the first write that failed; nothing is written after it
    int64_t head_limit, tail_limit;
    int64_t written;      // bytes in the file
    char *ring;           // the tail, once the head is full
    uint64_t ring_bytes;  // ever put into it
    uint64_t ring_lines;
    bool truncated;  // set by log_finish when something was left out
    size_t buffered;
    char buffer[64 << 10];
};

/// Makes the file `log` in the folder. Returns 0 or an errno.
int log_open(struct log *log, int folder, int64_t head_limit, int64_t tail_limit);

/// Takes what was read from a stream; whole lines are written at once, in one piece where possible. Lines over 64 KiB are split.
void log_take(struct log *log, struct log_stream *stream, const char *bytes, size_t length, int64_t now);

/// Writes a stream's last line if it did not end.
void log_end_stream(struct log *log, struct log_stream *stream, int64_t now);

/// A line of the supervisor's own, with `-` for the stream.
void log_note(struct log *log, const char *text, int64_t now);

/// Appends the tail and what was left out before it.
void log_finish(struct log *log, int64_t now);
