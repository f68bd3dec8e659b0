// Writes the log: the head straight to the file, the rest through a ring in memory, so that a noisy job costs neither disk nor time.
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "clock.h"

enum { PREFIX_LENGTH = CLOCK_TEXT_LENGTH + 3 };

int log_open(struct log *log, int folder, int64_t head_limit, int64_t tail_limit) {
    memset(log, 0, offsetof(struct log, buffer));
    log->head_limit = head_limit;
    log->tail_limit = tail_limit;
    log->file = openat(folder, "log", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    return log->file < 0 ? errno : 0;
}

static void flush(struct log *log) {
    const char *bytes = log->buffer;
    size_t length = log->buffered;
    log->buffered = 0;
    while (length > 0 && log->problem == 0) {
        ssize_t count = write(log->file, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            log->problem = errno;
            return;
        }
        bytes += count;
        length -= (size_t)count;
    }
}

static void put_in_file(struct log *log, const char *bytes, size_t length) {
    log->written += (int64_t)length;
    while (length > 0) {
        if (log->buffered == sizeof log->buffer) flush(log);
        size_t room = sizeof log->buffer - log->buffered;
        size_t part = length < room ? length : room;
        memcpy(log->buffer + log->buffered, bytes, part);
        log->buffered += part;
        bytes += part;
        length -= part;
    }
}

static void put_in_ring(struct log *log, const char *bytes, size_t length) {
    uint64_t limit = (uint64_t)log->tail_limit;
    while (length > 0 && limit > 0) {
        uint64_t at = log->ring_bytes % limit;
        size_t part = length < limit - at ? length : (size_t)(limit - at);
        memcpy(log->ring + at, bytes, part);
        log->ring_bytes += part;
        bytes += part;
        length -= part;
    }
    if (limit == 0) log->ring_bytes += length;
}

static void prefix(char *text, int64_t now, char letter) {
    clock_text(now, text);
    text[CLOCK_TEXT_LENGTH] = ' ';
    text[CLOCK_TEXT_LENGTH + 1] = letter;
    text[CLOCK_TEXT_LENGTH + 2] = ' ';
}

static void line_in_file(struct log *log, const char *start, const char *bytes, size_t length) {
    put_in_file(log, start, PREFIX_LENGTH);
    put_in_file(log, bytes, length);
    put_in_file(log, "\n", 1);
}

static void begin_ring(struct log *log, int64_t now) {
    size_t size = log->tail_limit > 0 ? (size_t)log->tail_limit : 1;
    char *ring = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (ring == MAP_FAILED) {
        log->problem = errno;
        return;
    }
    log->ring = ring;
    char text[200], start[PREFIX_LENGTH];
    int length = snprintf(
        text, sizeof text, "the log has reached %" PRId64 " bytes: from here on only its last %" PRId64 " bytes are kept, and follow when the job has ended",
        log->head_limit, log->tail_limit);
    prefix(start, now, '-');
    line_in_file(log, start, text, (size_t)length);
}

static void put_line(struct log *log, const char *start, const char *bytes, size_t length, int64_t now) {
    if (log->problem != 0) return;
    if (log->ring == NULL) {
        if (log->written + PREFIX_LENGTH + (int64_t)length + 1 <= log->head_limit) {
            line_in_file(log, start, bytes, length);
            return;
        }
        begin_ring(log, now);
        if (log->problem != 0) return;
    }
    put_in_ring(log, start, PREFIX_LENGTH);
    put_in_ring(log, bytes, length);
    put_in_ring(log, "\n", 1);
    log->ring_lines++;
}

void log_take(struct log *log, struct log_stream *stream, const char *bytes, size_t length, int64_t now) {
    char start[PREFIX_LENGTH];
    prefix(start, now, stream->letter);
    while (length > 0) {
        const char *end = memchr(bytes, '\n', length);
        size_t part = end != NULL ? (size_t)(end - bytes) : length;
        if (stream->used == 0 && end != NULL && part <= LOG_LONGEST_LINE) {
            put_line(log, start, bytes, part, now);
        } else {
            size_t room = LOG_LONGEST_LINE - stream->used;
            bool split = part > room;
            if (split) {
                part = room;
                end = NULL;
            }
            memcpy(stream->line + stream->used, bytes, part);
            stream->used += part;
            if (split || end != NULL) {
                put_line(log, start, stream->line, stream->used, now);
                stream->used = 0;
            }
        }
        size_t taken = part + (end != NULL ? 1 : 0);
        bytes += taken;
        length -= taken;
    }
    flush(log);
}

void log_end_stream(struct log *log, struct log_stream *stream, int64_t now) {
    if (stream->used > 0) log_take(log, stream, "\n", 1, now);
}

void log_note(struct log *log, const char *text, int64_t now) {
    char start[PREFIX_LENGTH];
    prefix(start, now, '-');
    put_line(log, start, text, strlen(text), now);
    flush(log);
}

void log_finish(struct log *log, int64_t now) {
    if (log->ring != NULL) {
        uint64_t limit = (uint64_t)log->tail_limit, kept = log->ring_bytes < limit ? log->ring_bytes : limit;
        uint64_t first = log->ring_bytes - kept, lines = log->ring_lines;
        if (first > 0) {
            // The oldest line in the ring has lost its beginning: it counts as left out.
            while (first < log->ring_bytes && log->ring[first % limit] != '\n') first++;
            if (first < log->ring_bytes) first++;
            for (uint64_t at = first; at < log->ring_bytes; at++) lines -= log->ring[at % limit] == '\n';
            char text[120], start[PREFIX_LENGTH];
            int length = snprintf(text, sizeof text, "%" PRIu64 " bytes in %" PRIu64 " lines were left out here", first, lines);
            prefix(start, now, '-');
            line_in_file(log, start, text, (size_t)length);
            log->truncated = true;
        }
        for (uint64_t at = first; at < log->ring_bytes;) {
            uint64_t offset = at % limit, part = log->ring_bytes - at;
            if (part > limit - offset) part = limit - offset;
            put_in_file(log, log->ring + offset, (size_t)part);
            at += part;
        }
    }
    flush(log);
    if (close(log->file) < 0 && log->problem == 0) log->problem = errno;
}
