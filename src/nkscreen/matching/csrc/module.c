/* The Python side of the kernel: `nkscreen.matching._kernel`, through the limited API. See `kernel.py`. */
#include <Python.h>

#include "build.h"
#include "retrieve.h"
#include "screen.h"
#include "spelling.h"

/* ---- reading arguments ---- */

/* The bytes object at a place of a list or tuple, borrowed; NULL with an error set when there is none. */
static const uint8_t *bytes_at(PyObject *sequence, Py_ssize_t at, size_t *length)
{
    char *data = NULL;
    Py_ssize_t size = 0;
    PyObject *item = PyTuple_Check(sequence) ? PyTuple_GetItem(sequence, at) : PyList_GetItem(sequence, at);
    int fine = item && PyBytes_AsStringAndSize(item, &data, &size) == 0;
    *length = (size_t)size;
    return fine ? (const uint8_t *)data : NULL;
}

static int texts_of(PyObject *list, Bytes *bytes, Bytes *at, Texts *texts)
{
    Py_ssize_t count = PySequence_Size(list);
    uint64_t place = 0;
    if (count < 0)
        return 0;
    if (!nk_append(at, &place, sizeof place))
        return PyErr_NoMemory(), 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        size_t length;
        const uint8_t *data = bytes_at(list, i, &length);
        if (!data)
            return 0;
        if (!nk_append(bytes, data, length))
            return PyErr_NoMemory(), 0;
        place += length;
        if (!nk_append(at, &place, sizeof place))
            return PyErr_NoMemory(), 0;
    }
    texts->bytes = bytes->data, texts->at = (const uint64_t *)at->data, texts->count = (uint32_t)count;
    return 1;
}

/* ---- functions ---- */

static PyObject *record(PyObject *module, PyObject *args)
{
    const char *text, *spelling;
    Py_ssize_t text_length, spelling_length;
    int kind, flags, spanned;
    double weight, owed, bits;
    PyObject *keys;
    (void)module;
    if (!PyArg_ParseTuple(args, "y#y#iiidddO", &text, &text_length, &spelling, &spelling_length, &kind, &flags, &spanned,
                          &weight, &owed, &bits, &keys))
        return NULL;
    Py_ssize_t count = PySequence_Size(keys);
    if (count < 0)
        return NULL;
    if (text_length > UINT32_MAX || spelling_length > UINT32_MAX || spanned > UINT16_MAX || text_length == 0)
        return PyErr_Format(PyExc_ValueError, "a token has letters, and fewer than four billion");
    Head head = {weight, owed, bits, (uint32_t)text_length, (uint32_t)spelling_length, (uint32_t)count, (uint8_t)kind,
                 (uint8_t)flags, (uint16_t)spanned};
    Bytes made = {0};
    PyObject *result = NULL;
    int fine = nk_append(&made, &head, sizeof head);
    for (Py_ssize_t i = 0; fine && i < count; i++) {
        const char *own, *met;
        Py_ssize_t own_length, met_length;
        int effect;
        Key key = {0, 0, 0, 0, 0};
        PyObject *item = PySequence_GetItem(keys, i);
        int read = item && PyArg_ParseTuple(item, "y#y#di", &own, &own_length, &met, &met_length, &key.worth, &effect);
        if (read && (effect < 0 || effect > SAME_WORD)) {
            PyErr_SetString(PyExc_ValueError, "no such effect");
            read = 0;
        }
        if (read) {
            key.own = nk_hash(0, (const uint8_t *)own, (size_t)own_length);
            key.met = nk_hash(0, (const uint8_t *)met, (size_t)met_length);
            key.effect = (uint32_t)effect;
        }
        Py_XDECREF(item);
        if (!read) {
            free(made.data);
            return NULL;
        }
        fine = nk_append(&made, &key, sizeof key);
    }
    fine = fine && nk_append(&made, text, (size_t)text_length) && nk_append(&made, spelling, (size_t)spelling_length);
    result = fine ? PyBytes_FromStringAndSize((const char *)made.data, (Py_ssize_t)made.used) : PyErr_NoMemory();
    free(made.data);
    return result;
}

enum { ARRAYS = 12, TEXTS = 4 };

static PyObject *build(PyObject *module, PyObject *args)
{
    PyObject *lists[TEXTS], *arrays[ARRAYS];
    (void)module;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOOOOOOOO", &lists[0], &lists[1], &lists[2], &lists[3], &arrays[0], &arrays[1],
                          &arrays[2], &arrays[3], &arrays[4], &arrays[5], &arrays[6], &arrays[7], &arrays[8],
                          &arrays[9], &arrays[10], &arrays[11]))
        return NULL;
    Plan plan;
    memset(&plan, 0, sizeof plan);
    Texts *texts[TEXTS] = {&plan.records, &plan.spellings, &plan.exact, &plan.compacts};
    Bytes bytes[TEXTS] = {{0}}, at[TEXTS] = {{0}}, block = {0};
    Py_buffer views[ARRAYS];
    int open = 0, fine = 1;
    for (int i = 0; fine && i < TEXTS; i++)
        fine = texts_of(lists[i], &bytes[i], &at[i], texts[i]);
    while (fine && open < ARRAYS) {
        fine = PyObject_GetBuffer(arrays[open], &views[open], PyBUF_SIMPLE) == 0;
        open += fine;
    }
    PyObject *result = NULL;
    if (fine) {
        plan.params = views[0].buf, plan.owed = views[1].buf, plan.owners = views[2].buf;
        plan.spelled_at = views[3].buf, plan.spelled = views[4].buf, plan.by_start = views[5].buf;
        plan.forward_at = views[6].buf, plan.forward = views[7].buf;
        plan.posting_at = views[8].buf, plan.postings = views[9].buf;
        plan.parts = (uint32_t)(views[1].len / (Py_ssize_t)sizeof(double));
        plan.starting = (uint32_t)(views[5].len / (Py_ssize_t)sizeof(uint32_t));
        plan.exact_parts = views[10].buf;
        plan.compact_parts = (const uint32_t *)views[10].buf + plan.exact.count;
        plan.part_flags = views[11].buf;
        Py_ssize_t u32 = sizeof(uint32_t);
        if (views[0].len != P_COUNT * (Py_ssize_t)sizeof(double) || views[2].len != plan.parts * u32 ||
            views[11].len != plan.parts ||
            views[3].len != (plan.spellings.count + 1) * u32 || views[6].len != (plan.parts + 1) * u32 ||
            views[8].len != (plan.records.count + 1) * u32 || views[7].len != views[9].len ||
            views[7].len != (Py_ssize_t)plan.forward_at[plan.parts] * u32 ||
            views[4].len != (Py_ssize_t)plan.spelled_at[plan.spellings.count] * u32 ||
            views[10].len != ((Py_ssize_t)plan.exact.count + plan.compacts.count) * u32) {
            PyErr_SetString(PyExc_ValueError, "the arrays of an index do not fit together");
        } else {
            int built = nk_build(&plan, &block);
            if (built > 0)
                result = PyBytes_FromStringAndSize((const char *)block.data, (Py_ssize_t)block.used);
            else if (built == 0)
                PyErr_NoMemory();
            else
                PyErr_SetString(PyExc_ValueError, "a record is not whole");
        }
    }
    for (int i = 0; i < open; i++)
        PyBuffer_Release(&views[i]);
    for (int i = 0; i < TEXTS; i++)
        free(bytes[i].data), free(at[i].data);
    free(block.data);
    return result;
}

static PyObject *distance(PyObject *module, PyObject *args)
{
    const char *one, *other;
    Py_ssize_t length, other_length;
    int most;
    (void)module;
    if (!PyArg_ParseTuple(args, "y#y#i", &one, &length, &other, &other_length, &most))
        return NULL;
    if (most < 0 || most > 3)
        return PyErr_Format(PyExc_ValueError, "0 to 3 edits are counted");
    return PyLong_FromLong(nk_distance((const uint8_t *)one, (size_t)length, (const uint8_t *)other,
                                       (size_t)other_length, most));
}

/* ---- Retriever ---- */

typedef struct {
    PyObject_HEAD
    Py_buffer block;
    Index index;
    Context context;
    int open;
} Retriever;

static int retriever_init(PyObject *self, PyObject *args, PyObject *named)
{
    Retriever *retriever = (Retriever *)self;
    PyObject *block;
    if (named && PyDict_Size(named) > 0)
        return PyErr_SetString(PyExc_TypeError, "a retriever takes a block alone"), -1;
    if (retriever->open || !PyArg_ParseTuple(args, "O", &block))
        return retriever->open ? (PyErr_SetString(PyExc_RuntimeError, "this retriever is open"), -1) : -1;
    if (PyObject_GetBuffer(block, &retriever->block, PyBUF_SIMPLE) != 0)
        return -1;
    int ours = (uintptr_t)retriever->block.buf % 8 == 0 &&
               nk_index_open(&retriever->index, retriever->block.buf, (size_t)retriever->block.len);
    if (ours && nk_context_make(&retriever->context, &retriever->index)) {
        retriever->open = 1;
        return 0;
    }
    PyBuffer_Release(&retriever->block);
    if (ours)
        PyErr_NoMemory();
    else
        PyErr_SetString(PyExc_ValueError, "this is no index of this version of nkscreen, or it was cut");
    return -1;
}

static void retriever_dealloc(PyObject *self)
{
    Retriever *retriever = (Retriever *)self;
    PyTypeObject *type = Py_TYPE(self);
    if (retriever->open) {
        nk_context_free(&retriever->context);
        PyBuffer_Release(&retriever->block);
    }
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static int words_from(PyObject *tokens, PyObject *spans, Bytes *words)
{
    Py_ssize_t count = PySequence_Size(tokens), joined = PySequence_Size(spans);
    if (count < 0 || joined < 0)
        return 0;
    for (Py_ssize_t i = 0; i < count + joined; i++) {
        Word word = {NULL, 0, 0};
        if (i < count) {
            word.record = bytes_at(tokens, i, &word.bytes);
        } else {
            PyObject *pair = PySequence_GetItem(spans, i - count);
            unsigned long first = 0;
            if (pair && PyTuple_Check(pair) && PyTuple_Size(pair) == 2) {
                first = PyLong_AsUnsignedLong(PyTuple_GetItem(pair, 0));
                if (!PyErr_Occurred())
                    word.record = bytes_at(pair, 1, &word.bytes);
            } else if (pair) {
                PyErr_SetString(PyExc_TypeError, "a span is a pair of a position and a record");
            }
            Py_XDECREF(pair);
            word.first = (uint32_t)first;
        }
        if (!word.record)
            return 0;
        Token whole;
        if (!nk_token(&whole, word.record, word.bytes) || whole.head->spanned == 0 ||
            (i >= count && (word.first >= count || whole.head->spanned > count - word.first))) {
            PyErr_SetString(PyExc_ValueError, "a record is not whole, or a span reaches beyond the name");
            return 0;
        }
        if (!nk_append(words, &word, sizeof word))
            return PyErr_NoMemory(), 0;
    }
    return 1;
}

static int by_number(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return a < b ? -1 : a > b;
}

static PyObject *retriever_search(PyObject *self, PyObject *args)
{
    Retriever *retriever = (Retriever *)self;
    Context *context = &retriever->context;
    PyObject *parts, *exact, *continuing;
    double cutoff;
    if (!retriever->open)
        return PyErr_Format(PyExc_RuntimeError, "this retriever is not open");
    if (!PyArg_ParseTuple(args, "dOOO", &cutoff, &parts, &exact, &continuing))
        return NULL;
    if (!(cutoff >= 0.01 && cutoff <= 1))
        return PyErr_Format(PyExc_ValueError, "a cutoff lies from 0.01 to 1");
    nk_context_begin(context);
    Py_ssize_t count = PySequence_Size(parts);
    if (count < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *tokens, *spans, *part = PySequence_GetItem(parts, i);
        Query query = {NULL, NULL, 0, 0, -1, 0, cutoff, 0};
        Bytes words = {0};
        int cut, fine = 0;
        if (part && PyArg_ParseTuple(part, "OOidd", &tokens, &spans, &cut, &query.owed, &query.missing_cost) &&
            words_from(tokens, spans, &words)) {
            query.token_count = (uint32_t)PySequence_Size(tokens);
            query.span_count = (uint32_t)PySequence_Size(spans);
            query.tokens = (const Word *)words.data, query.spans = query.tokens + query.token_count;
            query.cut = cut;
            fine = !(query.missing_cost > 0 && query.missing_cost < 1) ? -1 : nk_retrieve(context, &query);
            if (fine == 0)
                PyErr_NoMemory();
            else if (fine < 0)
                PyErr_SetString(PyExc_ValueError, "a query does not hold together");
        }
        free(words.data);
        Py_XDECREF(part);
        if (fine <= 0)
            return NULL;
    }
    PyObject *keys[] = {exact, continuing};
    int (*found[])(Context *, const uint8_t *, size_t) = {nk_found_exact, nk_found_continuing};
    for (int k = 0; k < 2; k++) {
        Py_ssize_t many = PySequence_Size(keys[k]);
        if (many < 0)
            return NULL;
        for (Py_ssize_t i = 0; i < many; i++) {
            size_t length;
            const uint8_t *key = bytes_at(keys[k], i, &length);
            if (!key)
                return NULL;
            if (!found[k](context, key, length))
                return PyErr_NoMemory();
        }
    }
    size_t owners = context->candidates.used / sizeof(uint32_t);
    const uint32_t *owner = (const uint32_t *)context->candidates.data;
    if (owners > 1)
        qsort(context->candidates.data, owners, sizeof(uint32_t), by_number);
    PyObject *result = PyList_New((Py_ssize_t)owners);
    for (size_t i = 0; result && i < owners; i++) {
        PyObject *number = PyLong_FromUnsignedLong(owner[i]);
        if (!number || PyList_SetItem(result, (Py_ssize_t)i, number) != 0)
            Py_CLEAR(result);
    }
    return result;
}

static PyObject *retriever_bound(PyObject *self, PyObject *args)
{
    Retriever *retriever = (Retriever *)self;
    const char *records[2];
    Py_ssize_t lengths[2];
    if (!retriever->open || !PyArg_ParseTuple(args, "y#y#", &records[0], &lengths[0], &records[1], &lengths[1]))
        return retriever->open ? NULL : PyErr_Format(PyExc_RuntimeError, "this retriever is not open");
    Token one, other;
    if (!nk_token(&one, (const uint8_t *)records[0], (size_t)lengths[0]) ||
        !nk_token(&other, (const uint8_t *)records[1], (size_t)lengths[1]))
        return PyErr_Format(PyExc_ValueError, "a record is not whole");
    return PyFloat_FromDouble(nk_similarity_bound(&retriever->index, &one, &other));
}

static PyObject *retriever_offers(PyObject *self, PyObject *args)
{
    Retriever *retriever = (Retriever *)self;
    const char *record;
    Py_ssize_t length;
    if (!retriever->open || !PyArg_ParseTuple(args, "y#", &record, &length))
        return retriever->open ? NULL : PyErr_Format(PyExc_RuntimeError, "this retriever is not open");
    Token token;
    if (!nk_token(&token, (const uint8_t *)record, (size_t)length))
        return PyErr_Format(PyExc_ValueError, "a record is not whole");
    Bytes found = {0};
    Context *context = &retriever->context;
    if (!nk_offers(&retriever->index, &token, &context->tokens, &context->spellings, &found)) {
        free(found.data);
        return PyErr_NoMemory();
    }
    PyObject *result = PyList_New(0);
    for (size_t i = 0; result && i < found.used / sizeof(Offer); i++) {
        const Offer *offer = (const Offer *)found.data + i;
        PyObject *pair = Py_BuildValue("(kd)", (unsigned long)offer->token, offer->gain);
        if (!pair || PyList_Append(result, pair) != 0)
            Py_CLEAR(result);
        Py_XDECREF(pair);
    }
    free(found.data);
    return result;
}

/* ---- Screen ---- */

typedef struct {
    PyObject_HEAD
    Py_buffer block;
    Index index;
    Screen screen;
    int open;
} ScreenObject;

static int screen_init(PyObject *self, PyObject *args, PyObject *named)
{
    ScreenObject *object = (ScreenObject *)self;
    PyObject *block;
    double cutoff, missing_cost, part_bits;
    int person, organisation, caps;
    if ((named && PyDict_Size(named) > 0) || object->open)
        return PyErr_SetString(PyExc_TypeError, "a screen is made once, of arguments without names"), -1;
    if (!PyArg_ParseTuple(args, "Oddiiid", &block, &cutoff, &missing_cost, &person, &organisation, &caps, &part_bits))
        return -1;
    if (!(cutoff >= 0.01 && cutoff <= 1 && missing_cost > 0 && missing_cost < 1))
        return PyErr_SetString(PyExc_ValueError, "a cutoff lies from 0.01 to 1"), -1;
    if (PyObject_GetBuffer(block, &object->block, PyBUF_SIMPLE) != 0)
        return -1;
    int ours = (uintptr_t)object->block.buf % 8 == 0 &&
               nk_index_open(&object->index, object->block.buf, (size_t)object->block.len);
    if (ours && nk_screen_make(&object->screen, &object->index, cutoff, missing_cost, person, organisation, caps,
                               part_bits)) {
        object->open = 1;
        return 0;
    }
    PyBuffer_Release(&object->block);
    if (ours)
        PyErr_NoMemory();
    else
        PyErr_SetString(PyExc_ValueError, "this is no index of this version of nkscreen, or it was cut");
    return -1;
}

static void screen_dealloc(PyObject *self)
{
    ScreenObject *object = (ScreenObject *)self;
    PyTypeObject *type = Py_TYPE(self);
    if (object->open) {
        nk_screen_free(&object->screen);
        PyBuffer_Release(&object->block);
    }
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static Screen *opened(PyObject *self)
{
    ScreenObject *object = (ScreenObject *)self;
    if (!object->open)
        PyErr_SetString(PyExc_RuntimeError, "this screen is not open");
    return object->open ? &object->screen : NULL;
}

static PyObject *told(int64_t result)
{
    if (result >= 0)
        return PyLong_FromLongLong(result);
    return result == -1 ? PyErr_NoMemory() : PyErr_Format(PyExc_ValueError, "what was told does not hold together");
}

static PyObject *screen_sound(PyObject *self, PyObject *args)
{
    const char *spelled, *heard;
    Py_ssize_t length, heard_length;
    Screen *screen = opened(self);
    if (!screen || !PyArg_ParseTuple(args, "y#y#", &spelled, &length, &heard, &heard_length))
        return NULL;
    int fine = nk_screen_sounds(screen, (const uint8_t *)spelled, (size_t)length, (const uint8_t *)heard,
                                (size_t)heard_length);
    return told(fine > 0 ? 0 : fine < 0 ? -2 : -1);
}

static PyObject *screen_heard(PyObject *self, PyObject *args)
{
    const char *word;
    Py_ssize_t length;
    uint8_t heard[256];
    Screen *screen = opened(self);
    if (!screen || !PyArg_ParseTuple(args, "y#", &word, &length))
        return NULL;
    if (length > (Py_ssize_t)sizeof heard)
        return PyErr_Format(PyExc_ValueError, "a word of at most 256 letters");
    size_t kept = nk_sound(screen, (const uint8_t *)word, (size_t)length, heard);
    return PyBytes_FromStringAndSize((const char *)heard, (Py_ssize_t)kept);
}

static PyObject *screen_phrase(PyObject *self, PyObject *args)
{
    PyObject *words;
    const char *record;
    Py_ssize_t length;
    int alike;
    uint64_t hash = 0;
    Screen *screen = opened(self);
    if (!screen || !PyArg_ParseTuple(args, "O!y#i", &PyTuple_Type, &words, &record, &length, &alike))
        return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_Size(words); i++) {
        size_t size;
        const uint8_t *word = bytes_at(words, i, &size);
        if (!word)
            return NULL;
        hash = nk_phrase_hash(hash, nk_hash(0, word, size));
    }
    int fine = nk_screen_phrase(screen, hash, (const uint8_t *)record, (size_t)length, alike);
    return told(fine > 0 ? 0 : fine < 0 ? -2 : -1);
}

static PyObject *screen_word(PyObject *self, PyObject *args)
{
    enum { MOST_RECORDS = 16 };
    const char *letters, *phrase, *initial;
    Py_ssize_t length, phrase_length, initials;
    PyObject *records;
    double owed, weight, bits;
    unsigned int flags;
    Screen *screen = opened(self);
    if (!screen || !PyArg_ParseTuple(args, "dddIy#y#y#O!", &owed, &weight, &bits, &flags, &letters, &length, &initial,
                                     &initials, &phrase, &phrase_length, &PyTuple_Type, &records))
        return NULL;
    const uint8_t *record[MOST_RECORDS];
    size_t lengths[MOST_RECORDS];
    Py_ssize_t count = PyTuple_Size(records);
    if (count > MOST_RECORDS || length == 0 || length > UINT16_MAX || initials != 1)
        return told(-2);
    for (Py_ssize_t i = 0; i < count; i++)
        if (!(record[i] = bytes_at(records, i, &lengths[i])))
            return NULL;
    Term term;
    memset(&term, 0, sizeof term);
    term.owed = (float)owed, term.weight = (float)weight, term.bits = (float)bits, term.flags = flags;
    term.length = (uint32_t)length, term.initial = (uint8_t)initial[0];
    term.phrase = nk_hash(0, (const uint8_t *)phrase, (size_t)phrase_length);
    return told(nk_screen_word(screen, &term, (const uint8_t *)letters, record, lengths, (uint32_t)count));
}

static PyObject *screen_piece(PyObject *self, PyObject *args)
{
    const char *piece;
    Py_ssize_t length;
    unsigned int flags;
    PyObject *words;
    Screen *screen = opened(self);
    if (!screen || !PyArg_ParseTuple(args, "y#IO!", &piece, &length, &flags, &PyTuple_Type, &words))
        return NULL;
    Py_ssize_t count = PyTuple_Size(words);
    Bytes numbers = {0};
    int fine = length <= UINT16_MAX && count <= UINT16_MAX ? 1 : -1;
    for (Py_ssize_t i = 0; fine > 0 && i < count; i++) {
        unsigned long number = PyLong_AsUnsignedLong(PyTuple_GetItem(words, i));
        uint32_t narrow = (uint32_t)number;
        if (PyErr_Occurred())
            PyErr_Clear(), fine = -1;
        else if (number >= screen->words.used / sizeof(Term))
            fine = -1;
        else
            fine = nk_append(&numbers, &narrow, sizeof narrow);
    }
    if (fine > 0)
        fine = nk_screen_piece(screen, (const uint8_t *)piece, (size_t)length, flags, (const uint32_t *)numbers.data,
                               (uint32_t)count);
    free(numbers.data);
    return told(fine > 0 ? 0 : fine < 0 ? -2 : -1);
}

static PyObject *screen_forget(PyObject *self, PyObject *args)
{
    Screen *screen = opened(self);
    (void)args;
    return screen ? PyBool_FromLong(nk_screen_forget(screen)) : NULL;
}

/* The names of a column whose state is NAME_UNKNOWN; `states` has a byte a name and is written. */
static PyObject *screen_names(PyObject *self, PyObject *args)
{
    Py_buffer text, ends, states;
    Screen *screen = opened(self);
    if (!screen || !PyArg_ParseTuple(args, "y*y*w*", &text, &ends, &states))
        return NULL;
    PyObject *result = NULL;
    const int64_t *at = ends.buf;
    uint8_t *state = states.buf;
    Py_ssize_t count = states.len;
    int fine = ends.len == (count + 1) * (Py_ssize_t)sizeof(int64_t) && (uintptr_t)ends.buf % 8 == 0;
    for (Py_ssize_t i = 0; fine && i < count; i++)
        fine = at[i] >= 0 && at[i] <= at[i + 1];
    fine = fine && at[count] <= text.len;
    if (!fine) {
        PyErr_SetString(PyExc_ValueError, "the ends of the names do not lie in the text");
    } else {
        int known = 0;
        screen->unknown.used = 0;
        Py_BEGIN_ALLOW_THREADS;
        for (Py_ssize_t i = 0; known >= 0 && i < count; i++) {
            if (state[i] != NAME_UNKNOWN)
                continue;
            known = nk_screen_name(screen, (const uint8_t *)text.buf + at[i], (size_t)(at[i + 1] - at[i]),
                                   (uint64_t)at[i]);
            if (known >= 0)
                state[i] = (uint8_t)known;
        }
        Py_END_ALLOW_THREADS;
        result = known < 0 ? PyErr_NoMemory() : PySet_New(NULL);
        const uint64_t *place = (const uint64_t *)screen->unknown.data;
        for (size_t i = 0; result && i < screen->unknown.used / sizeof *place; i += 2) {
            PyObject *piece = PyBytes_FromStringAndSize((const char *)text.buf + place[i], (Py_ssize_t)place[i + 1]);
            if (!piece || PySet_Add(result, piece) != 0)
                Py_CLEAR(result);
            Py_XDECREF(piece);
        }
    }
    PyBuffer_Release(&text), PyBuffer_Release(&ends), PyBuffer_Release(&states);
    return result;
}

static PyMethodDef screen_methods[] = {
    {"sound", screen_sound, METH_VARARGS, NULL},   {"heard", screen_heard, METH_VARARGS, NULL},
    {"phrase", screen_phrase, METH_VARARGS, NULL}, {"word", screen_word, METH_VARARGS, NULL},
    {"piece", screen_piece, METH_VARARGS, NULL},   {"forget", screen_forget, METH_NOARGS, NULL},
    {"names", screen_names, METH_VARARGS, NULL},   {NULL, NULL, 0, NULL},
};

static PyType_Slot screen_slots[] = {
    {Py_tp_init, screen_init},
    {Py_tp_dealloc, screen_dealloc},
    {Py_tp_methods, screen_methods},
    {Py_tp_doc, "Tells which of many names may reach a cutoff; of one thread at a time."},
    {0, NULL},
};

static PyType_Spec screen_spec = {
    "nkscreen.matching._kernel.Screen", sizeof(ScreenObject), 0, Py_TPFLAGS_DEFAULT, screen_slots,
};

static PyMethodDef retriever_methods[] = {
    {"search", retriever_search, METH_VARARGS, NULL},
    {"bound", retriever_bound, METH_VARARGS, NULL},
    {"offers", retriever_offers, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot retriever_slots[] = {
    {Py_tp_init, retriever_init},
    {Py_tp_dealloc, retriever_dealloc},
    {Py_tp_methods, retriever_methods},
    {Py_tp_doc, "Searches one index; of one thread at a time."},
    {0, NULL},
};

static PyType_Spec retriever_spec = {
    "nkscreen.matching._kernel.Retriever", sizeof(Retriever), 0, Py_TPFLAGS_DEFAULT, retriever_slots,
};

static PyMethodDef functions[] = {
    {"record", record, METH_VARARGS, NULL},
    {"build", build, METH_VARARGS, NULL},
    {"distance", distance, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

#ifndef KERNEL_SOURCES
#define KERNEL_SOURCES "" /* SHA-256 of these files; whoever compiles them without it vouches for them */
#endif

static int fill(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&retriever_spec);
    if (!type)
        return -1;
    int fine = PyModule_AddObjectRef(module, "Retriever", type);
    Py_DECREF(type);
    PyObject *screen = fine == 0 ? PyType_FromSpec(&screen_spec) : NULL;
    fine = screen ? PyModule_AddObjectRef(module, "Screen", screen) : -1;
    Py_XDECREF(screen);
    return fine == 0 ? PyModule_AddStringConstant(module, "SOURCES", KERNEL_SOURCES) : -1;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_kernel", NULL, 0, functions, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void)
{
    return PyModuleDef_Init(&definition);
}
