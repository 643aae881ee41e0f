/* libnv: the C ABI, version 1.
 *
 * Metrics of C and C++ code, in the same cells and on the same page as those of
 * the Rust or Python program around it; without one, in a registry of its own.
 * C++ code uses libnv/libnv.hpp, which is built on this.
 *
 * Rules of the ABI:
 *  - structures and tables grow at their end only; `struct_size` is the size in
 *    the copy that filled it, and a reader looks at no field beyond it;
 *  - functions return a `libnv_status`; what was wrong is said by `last_error`
 *    of the same table, for the calling thread, until its next call;
 *  - no exception and no panic leaves a function;
 *  - texts are UTF-8 with a length; they need no NUL and are copied;
 *  - unless it says otherwise, every function may be called from any thread.
 *
 * The layout of slots, buckets and slabs is frozen: record paths are inlined
 * into programs that are not compiled again.
 */
#ifndef LIBNV_LIBNV_H
#define LIBNV_LIBNV_H

#include <stddef.h>
#include <stdint.h>

#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. The numbers are part of the ABI. */
typedef int32_t libnv_status;
enum {
    LIBNV_OK = 0,
    /* As the kinds of errors of the Rust facade, in the same order. */
    LIBNV_INVALID_NAME = 1,
    LIBNV_INVALID_LABEL = 2,
    LIBNV_RESERVED_LABEL = 3,
    LIBNV_DUPLICATE_LABEL = 4,
    LIBNV_INVALID_BUCKETS = 5,
    LIBNV_NAME_COLLISION = 6,
    LIBNV_KIND_MISMATCH = 7,
    LIBNV_UNIT_MISMATCH = 8,
    LIBNV_BUCKETS_MISMATCH = 9,
    LIBNV_LABEL_COUNT = 10,
    LIBNV_LABELS_MISMATCH = 11,
    LIBNV_INVALID_STATES = 12,
    LIBNV_STATES_MISMATCH = 13,
    LIBNV_EXHAUSTED = 14,
    LIBNV_BACKEND = 15,
    LIBNV_SOURCE_IN_USE = 16,
    /* Of the boundary between languages. */
    LIBNV_INVALID_ARGUMENT = 100, /* null, not UTF-8, or longer than LIBNV_LONGEST_TEXT */
    LIBNV_ABI_MISMATCH = 101,     /* the two sides speak different versions */
    LIBNV_UNAVAILABLE = 102,      /* there is no library in this process */
    LIBNV_INTERNAL = 103,         /* an exception or a panic was caught */
    LIBNV_IO = 104                /* the system refused: a port in use, for one */
};

/* No text may be longer than this many bytes. */
#define LIBNV_LONGEST_TEXT ((size_t)1 << 20)

/* UTF-8 text. `data` may be null where `len` is 0. */
typedef struct libnv_str {
    const char *data;
    size_t len;
} libnv_str;

typedef struct libnv_label {
    libnv_str name;
    libnv_str value;
} libnv_label;

/* What was wrong with the last call of this thread. */
typedef struct libnv_error_v1 {
    size_t struct_size;
    libnv_status status;
    libnv_str message;  /* what was attempted and with what; as in Rust */
    libnv_str existing; /* what the name stands for already, or empty */
} libnv_error_v1;

/* Takes text piece by piece. Must not throw. */
typedef void (*libnv_sink)(void *context, const char *data, size_t len);

/* ---- cells ------------------------------------------------------------- */

/* How the cells of a segment are read and added up. */
enum {
    LIBNV_UNSIGNED = 0,       /* each a uint64_t; sums wrap */
    LIBNV_FLOAT = 1,          /* each the bits of a double */
    LIBNV_SUM_AND_COUNTS = 2, /* a double, then counts, which are read first */
    LIBNV_FIRST_OF_PAIR = 3,  /* the increments of an up-down counter */
    LIBNV_SECOND_OF_PAIR = 4  /* its decrements */
};

/* Where cells are taken. */
enum {
    LIBNV_SPACE_THREAD = 0, /* a cell in every thread's slab, and in the shared one */
    LIBNV_SPACE_SHARED = 1, /* in the shared slab only, changed by atomic adds */
    LIBNV_SPACE_GAUGE = 2   /* in the shared slab only, set; they survive a fork */
};

/* A stretch of cells to sum over all slabs. */
typedef struct libnv_segment_v1 {
    uint32_t offset; /* in bytes, of the first cell */
    uint32_t cells;  /* how many; two for the pair kinds */
    uint32_t kind;
    uint32_t out; /* index of the first sum */
} libnv_segment_v1;

/* What an engine holds. */
typedef struct libnv_cell_stats_v1 {
    size_t struct_size;
    uint64_t slabs;            /* the most threads that recorded at one time */
    uint64_t leased;           /* to a thread or a lock, now */
    uint64_t leases;           /* since the process began */
    uint64_t fallback_records; /* that found no slab, in the owner's copy */
} libnv_cell_stats_v1;

/* The functions of the copy of an engine that owns the cells of the process.
 *
 * A slab holds one cell of 8 bytes for each series and thread, at the same byte
 * offset everywhere. Its first 128 bytes are scratch. It lies above
 * LIBNV_OFFSET_LIMIT, is never unmapped, and only its lessee writes to it. */
typedef struct libnv_cells_v1 {
    size_t struct_size;
    uint32_t abi;
    /* Leases a slab to the calling thread, writes its base to `*slot`, and nulls
     * `*slot` at that thread's exit; null where there is none to be had. */
    uint8_t *(*lease)(uint8_t **slot);
    uint8_t *(*lease_to_lock)(void);
    void (*return_from_lock)(uint8_t *base);
    /* The offset in the low 32 bits, the space it lies in above; or -1. */
    int64_t (*allocate)(uint32_t space, uint32_t cells);
    /* Zeroes a range that has no writer left, and gives it back. */
    void (*free)(uint32_t offset, uint32_t cells);
    void (*sum)(const libnv_segment_v1 *segments, size_t count, uint64_t *out, size_t out_len);
    /* The base of the shared slab, or null. */
    uint8_t *(*shared_base)(void);
    void (*stats)(libnv_cell_stats_v1 *out);
} libnv_cells_v1;

/* ---- slots ------------------------------------------------------------- */

enum {
    LIBNV_COUNTER = 1,
    LIBNV_FLOAT_COUNTER = 2,
    LIBNV_UP_DOWN_COUNTER = 3,
    LIBNV_GAUGE = 4,
    LIBNV_HISTOGRAM = 5,
    LIBNV_EXPONENTIAL_HISTOGRAM = 6,
    LIBNV_INFO = 7,
    LIBNV_STATE_SET = 8
};

/* An offset below this is plain; a pointer at or below it is no slab. */
#define LIBNV_OFFSET_LIMIT INT64_C(0x7fffffff)

/* Flagged offsets are negative: bit 63 and at least one of these. The byte offset
 * is in the low 32 bits. One signed comparison of `base + offset` with
 * LIBNV_OFFSET_LIMIT finds a missing slab and every flag. */
#define LIBNV_FLAGGED INT64_MIN
#define LIBNV_AT_SHARED (INT64_C(1) << 32)  /* atomic adds in the shared slab */
#define LIBNV_AT_WATCHED (INT64_C(1) << 33) /* tell `notify` after each record */
#define LIBNV_AT_NOWHERE (INT64_C(1) << 34) /* dropped */
#define LIBNV_AT_OWN (INT64_C(1) << 36)     /* unbound: atomic adds to `cells` */

/* How the bucket of a value is found; the search of the Rust engine. */
typedef struct libnv_buckets_v1 {
    size_t struct_size;
    uint32_t count; /* buckets, with +Inf or all that is beyond the range */
    uint32_t shift;
    /* Explicit: `count` sorted bounds, the last +Inf. For the key of a value,
     * `below[clamp((bits(value) >> shift) - first_key, 0, entries - 1)]` bounds lie
     * below every value of that key; where `is_exact`, one more comparison decides,
     * else the bounds up to the next key's are searched by halving. A value belongs
     * to the first bucket whose bound is not less; bits are compared as signed. */
    const double *upper;
    const uint16_t *below;
    int64_t first_key;
    uint32_t entries;
    uint32_t is_exact;
    /* Exponential: with m the mantissa of |value| and e its biased exponent,
     * `b = (e << schema) + ((m + steps[m >> 46]) >> 52)`, the cell is
     * `min(saturating_sub(b, first), last)`, plus `mirror` where the value is negative
     * and the cell is not 0. Values below `lowest`, and NaN, are dropped. */
    const uint64_t *steps; /* 64 of them; null for explicit buckets */
    double lowest;
    uint64_t first;
    uint64_t last;
    uint64_t mirror;
    int32_t schema;
    int32_t min_exponent;
    int32_t max_exponent;
    uint32_t is_signed;
} libnv_buckets_v1;

struct libnv_registry_v1;

/* A series, as those who record see it.
 *
 * Whoever made it, a registry or a copy that found none yet, keeps it alive until
 * its last reference is released. The cells: one for a counter; increments, then
 * decrements; a double's bits for a gauge; 0 for an info; a bit for each state; a
 * sum, then a count for each bucket, for histograms. */
typedef struct libnv_slot_v1 {
    int64_t offset;   /* atomic, relaxed; stored last, with release, when bound */
    uint64_t *cells;  /* atomic; of gauges and state sets the cell; of LIBNV_AT_OWN its own */
    const libnv_buckets_v1 *buckets; /* of histograms, and then never null */
    uint32_t kind;
    uint32_t cell_count;
    uint32_t references; /* atomic */
    uint32_t reserved;
    const struct libnv_registry_v1 *registry; /* whose `drop_slot` ends it; null: nobody counts */
    void *series;                             /* the registry's own */
} libnv_slot_v1;

/* ---- registries -------------------------------------------------------- */

/* The name is the exposed one already, prefix and unit in it, and `asked` what it was before;
 * labels, label names and aliases are the exposed ones. For those who keep the rules themselves. */
#define LIBNV_RESOLVED 1u
/* One set of cells for all threads, recorded by atomic adds. */
#define LIBNV_SHARED_CELLS 2u
/* Series keep exemplars, where the registry can. */
#define LIBNV_EXEMPLARS 4u

/* A family that somebody declares. Zero what is not meant. */
typedef struct libnv_request_v1 {
    size_t struct_size;
    uint32_t kind;
    uint32_t flags;
    const libnv_str *prefixes; /* of the scopes, outermost first */
    size_t prefix_count;
    libnv_str name;
    libnv_str asked;
    libnv_str help;
    libnv_str unit;
    const libnv_label *labels; /* constant: of the scopes, then its own */
    size_t label_count;
    const libnv_str *label_names; /* looked up by values */
    size_t label_name_count;
    const double *bounds; /* of a histogram; null for the default ones */
    size_t bound_count;
    int32_t schema; /* of an exponential histogram; all four 0 for the default layout */
    int32_t min_exponent;
    int32_t max_exponent;
    uint32_t is_signed;
    const libnv_str *states; /* of a state set */
    size_t state_count;
    const libnv_str *aliases;
    size_t alias_count;
    uint64_t limit;      /* series of the family; 0 where nothing is said */
    double expire_after; /* seconds; 0 where nothing is said; registries may not do it */
} libnv_request_v1;

typedef struct libnv_family libnv_family;

enum {
    LIBNV_TEXT = 0,        /* Prometheus text 0.0.4 */
    LIBNV_OPENMETRICS = 1, /* OpenMetrics text 1.0.0; registries may refuse it */
    LIBNV_JSON = 2
};

/* The value of a series, summed over all threads. */
typedef struct libnv_value_v1 {
    size_t struct_size;
    uint32_t kind;
    uint32_t bucket_count; /* of histograms */
    uint64_t number;       /* of a counter; the states of a set, a bit each */
    int64_t difference;    /* of an up-down counter */
    double amount;         /* of a float counter and a gauge; a histogram's sum; 1 for an info */
    uint64_t observations; /* of a histogram: the sum of its buckets */
    uint64_t *buckets;     /* in: room for `capacity` counts, or null */
    size_t capacity;
} libnv_value_v1;

/* What a family is on a page. */
enum {
    LIBNV_PAGE_COUNTER = 0,
    LIBNV_PAGE_GAUGE = 1,
    LIBNV_PAGE_HISTOGRAM = 2,
    LIBNV_PAGE_INFO = 3,
    LIBNV_PAGE_STATE_SET = 4,
    LIBNV_PAGE_UNKNOWN = 5,
    LIBNV_PAGE_SUMMARY = 6
};

/* A distribution over explicit buckets. As the three below, it does not grow. */
typedef struct libnv_histogram_v1 {
    const double *bounds; /* without +Inf */
    size_t bound_count;
    const uint64_t *counts; /* of each bucket alone; one more than bounds */
    double sum;
} libnv_histogram_v1;

/* A distribution over exponential buckets, by Prometheus' indices. */
typedef struct libnv_exponential_v1 {
    double zero_threshold;
    uint64_t zero_count;
    const uint64_t *positive; /* from bucket `positive_first` on */
    size_t positive_count;
    const uint64_t *negative;
    size_t negative_count;
    double sum;
    int32_t schema;
    int32_t positive_first;
    int32_t negative_first;
    int32_t reserved;
} libnv_exponential_v1;

typedef struct libnv_quantile_v1 {
    double rank;
    double value;
} libnv_quantile_v1;

/* Quantiles that a source computed. */
typedef struct libnv_summary_v1 {
    const libnv_quantile_v1 *quantiles;
    size_t quantile_count;
    double sum;
    uint64_t count;
} libnv_summary_v1;

/* Which column of `libnv_family_values_v1` has the values. */
enum {
    LIBNV_COLUMN_UNSIGNED = 0,
    LIBNV_COLUMN_SIGNED = 1,
    LIBNV_COLUMN_FLOAT = 2,
    LIBNV_COLUMN_HISTOGRAM = 3,
    LIBNV_COLUMN_EXPONENTIAL = 4,
    LIBNV_COLUMN_SUMMARY = 5
};

/* A family at one instant. Each column that is there has `series` elements; those of values that
 * `column` does not name are null. A set of states has a series for each state. */
typedef struct libnv_family_values_v1 {
    size_t struct_size;
    libnv_str name;
    libnv_str help;
    libnv_str unit;
    uint32_t kind; /* LIBNV_PAGE_COUNTER, and so on */
    uint32_t column;
    size_t series;
    const libnv_str *labels;  /* as they are written: `{a="1"} `, a space where there are none */
    const double *created;    /* in seconds since the Unix epoch; null where not known */
    const double *timestamps; /* likewise, NaN where not known; null where no source said it */
    const uint64_t *unsigned_values;
    const int64_t *signed_values;
    const double *float_values;
    const libnv_histogram_v1 *histograms;
    const libnv_exponential_v1 *exponentials;
    const libnv_summary_v1 *summaries;
} libnv_family_values_v1;

/* Why a recorder dropped a value. */
enum {
    LIBNV_DROPPED_NAN = 0,
    LIBNV_DROPPED_NEGATIVE = 1,
    LIBNV_DROPPED_UNKNOWN_STATE = 2
};

/* Metrics that are read when a page is: `read` writes exposition text to the sink, and
 * returns LIBNV_OK. It runs on a thread of the registry's choice, no longer waited for than
 * `timeout` seconds (0: the default, 1 s). `drop` is called once when it is not needed any more. */
typedef struct libnv_source_v1 {
    size_t struct_size;
    libnv_str name;
    double timeout;
    libnv_status (*read)(void *context, libnv_sink sink, void *sink_context);
    void (*drop)(void *context);
    void *context;
} libnv_source_v1;

/* The functions of a registry. `self` is the registry they came with; who has no more than a slot
 * passes null to `value`, `count_dropped` and `write_labels`. A host may have null for those from
 * `each_family` on, which are then LIBNV_UNAVAILABLE. */
typedef struct libnv_registry_v1 {
    size_t struct_size;
    uint32_t abi;
    const char *language; /* "rust", "c++": of the code behind these functions */
    const char *backend;  /* "prometheus", "otel", "libnv" */
    /* Says what is wrong with the prefixes and constant labels of a request. */
    libnv_status (*check_scope)(void *self, const libnv_request_v1 *request);
    /* Declares a family or finds it. Release it with `release_family`. */
    libnv_status (*family)(void *self, const libnv_request_v1 *request, libnv_family **out);
    void (*release_family)(void *self, libnv_family *family);
    /* Finds or makes a series; a family without label names has one, of no values. The slot
     * comes with a reference of the caller's. */
    libnv_status (*look_up)(void *self, libnv_family *family, const libnv_str *values,
                            size_t value_count, libnv_slot_v1 **out);
    libnv_status (*remove)(void *self, libnv_family *family, const libnv_str *values,
                           size_t value_count, uint32_t *removed);
    /* Ends a slot whose last reference was released. */
    void (*drop_slot)(libnv_slot_v1 *slot);
    void (*notify)(libnv_slot_v1 *slot);
    libnv_status (*value)(void *self, const libnv_slot_v1 *slot, libnv_value_v1 *out);
    libnv_status (*write_page)(void *self, uint32_t format, libnv_sink sink, void *context);
    libnv_status (*add_source)(void *self, const libnv_source_v1 *source);
    libnv_status (*remove_source)(void *self, libnv_str name, uint32_t *removed);
    /* Makes cells that were recorded to before part of a series: those at `offset`, which
     * become its own where the series is new, or stay in its sum for ever; or, where `cells` is
     * not null, those, likewise. A gauge that was never set takes their value. */
    libnv_status (*adopt)(void *self, libnv_family *family, const libnv_str *values,
                          size_t value_count, int64_t offset, uint64_t *cells,
                          libnv_slot_v1 **out);
    /* Counts a refusal in dynamometer_registration_errors_total, and logs it once. */
    void (*report)(void *self, libnv_str name, const libnv_error_v1 *error);
    const libnv_error_v1 *(*last_error)(void);
    /* Counts values that a recorder dropped in dynamometer_dropped_samples_total. */
    void (*count_dropped)(void *self, uint32_t reason, uint64_t values);
    /* The page of what the library says of itself, `dynamometer_*`: one for the process. */
    libnv_status (*write_self_page)(void *self, uint32_t format, libnv_sink sink, void *context);
    /* Visits all families as they are now, sorted by name, with those of sources. What is visited
     * lives during the call of `visit`, which must not throw. */
    libnv_status (*each_family)(void *self,
                                void (*visit)(void *context, const libnv_family_values_v1 *family),
                                void *context);
    /* Writes the labels of a series as they are on a page, `{a="1"} `. Those of the series for all
     * that are too many are not the ones that were looked up. */
    libnv_status (*write_labels)(void *self, const libnv_slot_v1 *slot, libnv_sink sink,
                                 void *context);
    /* Removes a series by its labels as they are written; where `spares_kept`, not one that has
     * more references than one of the caller's. */
    libnv_status (*remove_written)(void *self, libnv_str family, libnv_str labels,
                                   uint32_t spares_kept, uint32_t *removed);
} libnv_registry_v1;

/* ---- the process ------------------------------------------------------- */

/* A copy of libnv, or of its meeting point, in this process. */
typedef struct libnv_copy_v1 {
    size_t struct_size;
    libnv_str path; /* of the executable or library */
    uint32_t abi;
    uint32_t is_owner; /* the table in force came from here */
} libnv_copy_v1;

/* A registration that was refused. */
typedef struct libnv_refusal_v1 {
    size_t struct_size;
    libnv_str name;
    libnv_status status;
    libnv_str message;
} libnv_refusal_v1;

typedef struct libnv_doctor_v1 {
    size_t struct_size;
    libnv_str version;       /* of the copy whose table is in force */
    libnv_str cells_language; /* of the engine that owns the cells */
    libnv_str host_language;  /* of the registry that metrics go to; as does the backend */
    libnv_str host_backend;
    libnv_str service_name;
    uint32_t is_hosted; /* a host is attached */
    uint32_t copies;
    uint32_t refused_copies; /* of another ABI */
    libnv_cell_stats_v1 cells;
    uint64_t series;   /* that were asked for through libnv */
    uint64_t detached; /* handles in no container, after a refusal */
    uint64_t unbound;  /* handles that wait for a library */
    uint64_t refusals;
} libnv_doctor_v1;

/* Serves /metrics, /health, /liveness and /readiness, for a program without a host. */
typedef struct libnv_serve_v1 {
    size_t struct_size;
    libnv_str host; /* an address; empty: 127.0.0.1 */
    uint16_t port;  /* 0: any that is free */
} libnv_serve_v1;

typedef struct libnv_server libnv_server;

/* The table of a process: the first copy to be used publishes its own, all others use it. */
typedef struct libnv_api_v1 {
    size_t struct_size;
    uint32_t abi;
    uint32_t reserved;
    const char *version;
    const libnv_cells_v1 *cells;       /* in force; they never change */
    const libnv_registry_v1 *registry; /* of `process` and of all that `open` makes */
    void *process; /* the process's registry: the host's where one is attached, else libnv's own */
    /* Makes a registry of its own, with its own page. Close it after all its families. */
    libnv_status (*open)(libnv_str service_name, void **out);
    void (*close)(void *registry);
    /* Makes `process` forward to a host, whose functions stay valid until `detach`; what was
     * registered before moves there. LIBNV_BACKEND where there is one already. */
    libnv_status (*attach)(const libnv_registry_v1 *host, void *self, libnv_str service_name);
    /* Returns when no call is inside the host's functions any more; not to be called from one. */
    libnv_status (*detach)(void *self);
    libnv_status (*doctor)(libnv_doctor_v1 *out);
    libnv_status (*each_copy)(void (*visit)(void *context, const libnv_copy_v1 *), void *context);
    /* The latest refusals of this name, or of any where it is empty; the last 64 are kept. */
    libnv_status (*each_refusal)(libnv_str name,
                                 void (*visit)(void *context, const libnv_refusal_v1 *),
                                 void *context);
    void (*count_unbound)(int64_t by);
    libnv_status (*serve)(const libnv_serve_v1 *options, libnv_server **out);
    uint16_t (*port)(const libnv_server *server);
    void (*stop)(libnv_server *server);
    const libnv_error_v1 *(*last_error)(void);
} libnv_api_v1;

/* The table in force, if this library speaks that version of the ABI; null otherwise.
 * The first call of a process makes this library's copy the owner. */
__attribute__((visibility("default"))) const libnv_api_v1 *libnv_get_api(uint32_t abi);

/* The table in force, as above, for an engine of another language: where this library's table is
 * published by this call, it is with `cells`, which must not end before the process does. Whoever
 * holds them stays loaded. To be called before that engine's first use: it uses the cells of the
 * table that is returned. */
__attribute__((visibility("default"))) const libnv_api_v1 *libnv_meet(const libnv_cells_v1 *cells);

/* The version of this library, as LIBNV_VERSION_STRING. */
__attribute__((visibility("default"))) const char *libnv_version(void);

#ifdef __cplusplus
}
#endif

#endif
