/*
 * squelch.h - the C interface of Squelch: cache policies as formulas, in engines that are not .NET.
 *
 * Two surfaces stand side by side:
 *   sq_cache_*   a prefix cache. The tree is Squelch's: it finds prefixes, and says what to keep, join, split and free.
 *   sq_pool_*    a pool of victims. The entries are the engine's, named by dense slots; Squelch says which go.
 *
 * Codes       A call gives 0 or a count where it succeeded, and one of SQ_ARGUMENT ... SQ_INSIDE where not. Where it did not,
 *             nothing has changed, unless a call says otherwise. sq_last_error has the reason, and what to do.
 * Threads     Any thread may call. An object takes one caller at a time: a second one at once gets SQ_STATE, and changes
 *             nothing. Different objects are independent. There are no callbacks, and no exception leaves a call.
 * Handles     sq_cache and sq_pool are numbers, not pointers. One that is closed, made up, of the other kind, or of another
 *             library of ours in the same process is SQ_STATE. 0 is never a handle.
 * Memory      What the library hands out (plans, actions) lies in native memory, is the library's, and stays until the next
 *             call on that object. What the engine hands in is read during the call alone.
 * Time        Is the engine's, in any unit that it likes: each call that needs it takes `now`. Time that goes back is held.
 * Text        Is UTF-8. Texts that come in have a length, and no end mark; those that go out have both.
 * fork        A child may go on with what the parent had, provided that no other thread was within a call at the fork, and
 *             that no device was asked for.
 * Ranks       The same calls with the same values choose the same victims in the same order, in every process, and under
 *             every instruction set that the library is built for. See docs/how-to/use-from-c.md.
 *
 * Link against the library, or let squelch_load.h choose and load the build that fits the processor.
 */
#ifndef SQUELCH_H
#define SQUELCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

#define SQ_ABI_MAJOR 1
#define SQ_ABI_MINOR 0

/* Major in the upper 16 bits, minor in the lower. The major must be SQ_ABI_MAJOR, the minor at least SQ_ABI_MINOR. */
uint32_t sq_abi_version(void);

/* The level of x86-64 that the library was built for: 2, 3 or 4; 0 on other processors. */
int32_t sq_instruction_set(void);

/* ---- Codes ------------------------------------------------------------------------------------------------------ */

#define SQ_OK 0
#define SQ_ARGUMENT (-1)    /* An argument is wrong, or the JSON is.                                                 */
#define SQ_STATE (-2)       /* Closed or unknown handle, a lease that has ended, or two callers at once.             */
#define SQ_UNKNOWN (-3)     /* No policy, tunable, model or field has that name. The message offers the nearest.     */
#define SQ_TOO_FEW (-4)     /* Fewer candidates than victims were asked for.                                         */
#define SQ_UNSUPPORTED (-5) /* The name is known, but cannot be had here.                                            */
#define SQ_INSIDE (-99)     /* A fault inside the library. Please report it with the message.                        */

/* The message of the last call of this thread that failed; "" where none has. Writes at most cap bytes, end mark included,
   and never half a character. Gives the message's length in bytes, without the end mark. buf may be NULL where cap is 0. */
int64_t sq_last_error(char* buf, int64_t cap);

/* ---- Policies --------------------------------------------------------------------------------------------------- */

/* Makes the policies of this library's own project known by name; those of Squelch.Policies are known without it. Call it
   once after loading; again does no harm. Gives the number of own policies. */
int32_t sq_register(void);

/* The known policies as JSON: an array of objects with
     "name", "summary", "formula" (lines), "features" (names), "plan", "needsFuture",
     "tunables": [ { "name", "min", "max", "step", "default" } ]
   Writes it, with an end mark, where it fits in cap bytes; else writes nothing. Gives the length without the end mark. */
int64_t sq_policies(char* json, int64_t cap);

/* ---- Hints ------------------------------------------------------------------------------------------------------ */

/* What an engine may say of a request. A hint counts where its bit is in `given`; zeros are no hints at all. */
#define SQ_HINT_PRIORITY 1
#define SQ_HINT_EXPIRES 2
#define SQ_HINT_NEXT_USE 4
#define SQ_HINT_TURN 8
#define SQ_HINT_SESSION_GAP 16
#define SQ_HINT_CATEGORY 32
#define SQ_HINT_COST 64
#define SQ_HINT_SESSION_GAP_SPREAD 128
#define SQ_HINT_SESSION 256

typedef struct sq_hints {
    uint32_t size;      /* sizeof(sq_hints)                                                                          */
    uint32_t given;     /* SQ_HINT_* of those below that count                                                       */
    double priority;    /* at least 0                                                                                */
    double expires;     /* when its use ends, on the clock of `now`                                                  */
    double next_use;    /* when it is used next, on the clock of `now`                                               */
    double turn;        /* which request of its session this is, from 1                                              */
    double session_gap; /* mean time between the session's requests                                                  */
    double category;    /* the kind of request, a whole number of the engine's                                       */
    double cost;        /* what fetching it costs, in any unit; sq_cache: for the model "keys" alone                 */
    double session_gap_spread; /* standard deviation of the times between the session's requests                     */
    int64_t session;    /* any number of the engine's own, the same for the session's requests alone; not 0          */
} sq_hints;

/* ---- Prefix cache ----------------------------------------------------------------------------------------------- */

typedef uint64_t sq_cache;

/* `now` for a clock that counts calls: each lookup and each commit is one tick. */
#define SQ_TICK (-1)

/* A lookup's hold on a prefix. Ends with one commit or one abandon. Copy it freely; change nothing in it. */
typedef struct sq_lease {
    uint64_t cache;        /* the cache that gave it                                                                 */
    int32_t hit_tokens;    /* tokens of the input whose states can be reused                                         */
    int32_t branch_tokens; /* capture a checkpoint after this many tokens during prefill; 0: nowhere                 */
    int32_t opaque[4];
} sq_lease;

/* A node that a commit will make. */
typedef struct sq_planned {
    int32_t tokens;     /* from the root to its end                                                                  */
    int32_t checkpoint; /* 1 where a checkpoint is wanted there, else 0                                              */
} sq_planned;

/* What the engine has to do with a handle. */
#define SQ_ACTION_FREE 0    /* release the checkpoint and the KV of `handle`; it is finished                         */
#define SQ_ACTION_JOIN 1    /* release the checkpoint of `handle`; its KV goes to the front of `other`; it is finished */
#define SQ_ACTION_SPLIT 2   /* the first `tokens` tokens of the KV of `handle` belong to `other` from now on         */
#define SQ_ACTION_DECLINE 3 /* `handle` came with this commit and was not taken: release what it stands for          */
#define SQ_ACTION_FREE_CHECKPOINT 4 /* release the checkpoint of `handle`; its KV stays, and it lives on             */
#define SQ_ACTION_TRIM 5    /* release the last `tokens` tokens of the KV of `handle`; it lives on                   */

typedef struct sq_action {
    int32_t kind;   /* SQ_ACTION_*                                                                                   */
    int32_t tokens; /* tokens of the KV concerned                                                                    */
    int64_t handle; /* the engine's number, as it came with a commit                                                 */
    int64_t other;  /* the other one of a join or split, else 0                                                      */
} sq_action;

typedef struct sq_result {
    uint32_t size;            /* in: sizeof(sq_result)                                                               */
    int32_t admitted;         /* 1 where the whole sequence is in the cache now, else 0                              */
    int32_t count;            /* actions, to be done in order                                                        */
    int32_t reserved;         /* 0                                                                                   */
    const sq_action* actions; /* valid until the next call on this cache                                             */
} sq_result;

typedef struct sq_stats {
    uint32_t size;          /* in: sizeof(sq_stats)                                                                  */
    int32_t open_leases;    /* lookups without their commit or abandon                                               */
    int64_t now;            /* the cache's clock                                                                     */
    int64_t lookups;        /* so far                                                                                */
    int64_t not_admitted;   /* commits that were not, or not wholly, admitted                                        */
    int64_t leaf_evictions; /* leaves that went                                                                      */
    int64_t join_evictions; /* inner nodes whose checkpoint went                                                     */
    int64_t nodes;          /* held now, roots left out                                                              */
    int64_t checkpoints;    /* held now                                                                              */
    int64_t kv_tokens;      /* held now                                                                              */
    int64_t bytes;          /* held now, of the capacity                                                             */
    int64_t peak_bytes;     /* most that were held at any return                                                     */
    int64_t structure_bytes; /* of the tree itself, outside the capacity                                             */
} sq_stats;

/* Opens a cache. The options are a JSON object of n bytes:
     "policy"    required: a name that sq_policies knows; case does not count
     "capacity"  required: bytes for checkpoints and KV; the cache never holds more
     "model"     required: a name ("marconi-7b", "jamba-1.5-mini", ..., or "keys" for a cache of single keys), the path of a
                 JSON file, or the object that such a file has (docs/models.md)
     "tunables"  { "alpha": 1.5 }; the policy's defaults where left out; case does not count
     "page"      tokens per page, 1
     "seed"      of the feature `draw`, 0
     "tuning"    "off", or "synchronous": a policy that declares a tuner sets its tunables in the commit that completes its
                 window. "off" where left out. (A tuner in the background would not live through a fork, and would let
                 ranks differ.)
     "checks"    true: a commit must begin with the input that was looked up, which is checked by a hash
     "device"    "off"; "auto": a GPU chooses victims where there is one and it is measured to be faster; "require": a GPU
                 always, and SQ_UNSUPPORTED where there is none or the policy has no kernel. "off" where left out. The victims
                 are the same. The environment says which one, Squelch__GpuDevice (number or part of the name), and how many
                 bytes of its memory each cache or pool may take at most, Squelch__GpuMemory. Where it fails later, the CPU
                 goes on, and a line on stderr says so. CUDA does not live through a fork: open in the child
   Unknown fields are SQ_UNKNOWN. */
int32_t sq_cache_open(const char* json, int64_t n, sq_cache* out);

/* The longest prefix that can be reused, held in place until its lease ends.
     ids      one number per page: token ids where a page is one token, else the engine's numbers of whole pages. Two pages
              are the same where their numbers are
     width    bytes per number: 4 (int32_t) or 8 (int64_t, which must be within int32_t)
     count    pages
     tokens   of the input where its last page is partial, else 0
     space    tenant, adapter or salt: no hit crosses it
     hints    NULL for none
     now      at least 0, or SQ_TICK */
int32_t sq_cache_lookup(sq_cache cache, const void* ids, int32_t width, int64_t count, int32_t tokens, int64_t space,
                        const sq_hints* hints, int64_t now, sq_lease* out);

/* The nodes that a commit of this sequence would make now, shallowest first. Gives their number, and where they lie: valid
   until the next call on this cache. ids, width, count, tokens: the input and the output, as for the commit. */
int32_t sq_cache_plan(sq_cache cache, const sq_lease* lease, const void* ids, int32_t width, int64_t count, int32_t tokens,
                      const sq_planned** out);

/* Keeps a finished request's states, evicting what is least worth keeping. Ends the lease.
     ids      the input that was looked up, then the output
     handles  one number of the engine's per node of sq_cache_plan, in its order; NULL where it keeps none, which makes all
              handles in the actions 0
     out      admitted or not, and what to do. Also filled where the code is SQ_INSIDE: do those actions then, too; the lease
              has ended where there are any
   SQ_ARGUMENT and SQ_STATE change nothing: the lease stays open if it was. */
int32_t sq_cache_commit(sq_cache cache, const sq_lease* lease, const void* ids, int32_t width, int64_t count, int32_t tokens,
                        const int64_t* handles, int32_t handle_count, int64_t now, sq_result* out);

/* Ends a lease without keeping anything. out: what to do (a node that the lease alone kept apart may be joined). */
int32_t sq_cache_abandon(sq_cache cache, const sq_lease* lease, sq_result* out);

int32_t sq_cache_stats(sq_cache cache, sq_stats* out);

/* Closes the cache and frees its memory. The engine keeps or releases its states itself. */
int32_t sq_cache_close(sq_cache cache);

/* ---- Pool of victims -------------------------------------------------------------------------------------------- */

typedef uint64_t sq_pool;

/* What happened. In brackets: the fields that are read besides `slot`. */
#define SQ_OP_INSERT 1  /* a new entry under a free slot [parent, end_tokens, tokens, flags, bytes, key, now, priority, flops]   */
#define SQ_OP_HIT 2     /* a request used it: its hits grow by one, its last access is now [now, priority]                       */
#define SQ_OP_TOUCH 3   /* its last access is now, its hits stay [now, priority]                                                 */
#define SQ_OP_RELEASE 4 /* the engine no longer holds it: it may go where it has no entry behind it                              */
#define SQ_OP_HOLD 5    /* the engine holds it: it may not go until it is released; holds are not counted, one release ends them */
#define SQ_OP_EDGE 6    /* it has another parent, end, size or cost; all are told anew [parent, end_tokens, tokens, flags, bytes, flops] */
#define SQ_OP_REMOVE 7  /* the engine has taken it out, but not as a victim: policies do not remember it                         */
#define SQ_OP_EVICT 8   /* the engine has evicted it, after sq_pool_peek: as if sq_pool_evict had chosen it [now]                 */
#define SQ_OP_ARRIVE 9  /* no slot: a request missed `key`; room is made for it next [key, now, priority]                        */
#define SQ_OP_HINTS 10  /* hints of the accesses that follow in this log, up to the next of this kind: an sq_op_hints            */
#define SQ_OP_SESSION 11 /* no slot: the session of the accesses that follow, up to the next of this kind or of the hints: `key` is its number, `now` the standard deviation of the times between its requests, or INFINITY [key, now] */

#define SQ_NO_SLOT (-1)

/* sq_op.flags */
#define SQ_FLAG_CHECKPOINT 1 /* a checkpoint of the recurrent state is held at the entry's end   */
#define SQ_FLAG_HELD 2       /* the entry comes in held; of SQ_OP_INSERT alone                   */

/* One change, 64 bytes. A field that its kind does not read may be anything. */
typedef struct sq_op {
    int32_t kind;       /* SQ_OP_*                                                                                   */
    int32_t slot;       /* the entry, as the engine numbers it: dense, from 0                                        */
    int32_t parent;     /* the slot of the entry that this one goes on from, or SQ_NO_SLOT                           */
    int32_t end_tokens; /* tokens from the root to the entry's end; 0: the parent's and its own                      */
    int32_t tokens;     /* tokens of the entry itself; 0: those from the parent's end on                             */
    int32_t flags;      /* SQ_FLAG_*                                                                                 */
    int64_t bytes;      /* of the entry itself, a checkpoint left out; 0: what the model says                        */
    uint64_t key;       /* what it holds, the same each time it comes back; 0: no name, so no policy remembers it    */
    double now;         /* the clock; it never goes back                                                             */
    double priority;    /* feature `priority`; 0 of an access: what the hints before it say                          */
    double flops;       /* what computing the entry itself costs, in FLOPs or any unit; 0: what the model says       */
} sq_op;

/* An sq_op of kind SQ_OP_HINTS: as large, other names. Copy it into the log. What is not known has the value on the right. */
typedef struct sq_op_hints {
    int32_t kind;       /* SQ_OP_HINTS                                                                               */
    int32_t category;   /* 0                                                                                         */
    int32_t reserved[4];
    double expires;     /* INFINITY                                                                                  */
    double next_use;    /* INFINITY                                                                                  */
    double session_gap; /* INFINITY                                                                                  */
    double priority;    /* 0                                                                                         */
    double turn;        /* 1                                                                                         */
} sq_op_hints;

/* Opens a pool. The options are a JSON object of n bytes:
     "policy", "tunables", "seed", "device"   as for a cache
     "model"      as for a cache: gives the bytes and FLOPs that are not told. "keys" where left out: a byte per token, a
                  cost of 1
     "mostSlots"  slots are below this, 16777216: a larger one is taken for a mistake
     "entries"    entries for which there is room from the start, 0
   Unknown fields are SQ_UNKNOWN. */
int32_t sq_pool_open(const char* json, int64_t n, sq_pool* out);

/* Tells n changes, in order. Where one cannot be, the message has its index: those before it count, it and those after it
   do not. */
int32_t sq_pool_log(sq_pool pool, const sq_op* ops, int64_t n);

/* Chooses n victims, one after another, and takes them out: an entry whose last child has gone may follow it. None is among
   the nkeep slots of keep (NULL and 0 for none). Writes them in order to out, which has room for n, and gives n. Where there
   are not so many: SQ_TOO_FEW, and nothing has changed. Where a selector that you wrote by hand fails midway, out has the
   victims that have gone by then, and SQ_NO_SLOT after them. */
int32_t sq_pool_evict(sq_pool pool, double now, int64_t n, const int32_t* keep, int64_t nkeep, int32_t* out);

/* The victims that sq_pool_evict would choose now; all entries stay. Gives how many there are, at most n. A policy written by
   hand that notes what it has looked at (Sieve, S3Fifo, ...) can tell one alone: SQ_UNSUPPORTED for more. */
int32_t sq_pool_peek(sq_pool pool, double now, int64_t n, const int32_t* keep, int64_t nkeep, int32_t* out);

/* The scores of n entries as they would be compared now; the lowest goes first. SQ_UNSUPPORTED where the policy is no formula.
   A term that is scaled over the candidates has no value while there is none: such scores are NaN. */
int32_t sq_pool_score(sq_pool pool, double now, const int32_t* slots, int64_t n, double* out);

/* Entries; and those of them that may go now: not held, and with no more children than the policy's candidates have. */
int64_t sq_pool_count(sq_pool pool);
int64_t sq_pool_candidates(sq_pool pool);

/* Sets the n tunables, all of them, in the order of sq_policies. */
int32_t sq_pool_retune(sq_pool pool, const double* tunables, int32_t n);

/* Takes all entries out. None is a victim; what the policy has learnt, and the clock, stay. */
int32_t sq_pool_clear(sq_pool pool);

int32_t sq_pool_close(sq_pool pool);

#ifdef __cplusplus
}
#endif
#endif
