/* Euler-Maruyama on Example 19 from (0.5, 0), lambda = 1.5, dt = 1e-3, written for the vector unit: blocks of paths coordinate by coordinate,
   xoshiro256++ in lanes, Box and Muller with 32 + 32 bits a pair, the functions of libmvec. Beside `bench em`, with its moments.

   gcc -Ofast -march=native -mprefer-vector-width=512 em.c -o em -lmvec -lm -lpthread && ./em PATHS STEPS THREADS */
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LANES = 256, WORDS = 4, MOMENTS = 5 };

static const double DT = 1e-3, LAMBDA = 1.5;

typedef struct {
    uint64_t word[WORDS][LANES];
    double x[LANES], y[LANES], first[LANES], second[LANES];
} Block;

typedef struct {
    long begin, end;
    int steps;
    double sum[MOMENTS];
} Work;

static uint64_t mixed(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t turned(uint64_t z, int by) { return z << by | z >> (64 - by); }

static void start(Block *b, long path) {
    for (int p = 0; p < LANES; p++) {
        for (int w = 0; w < WORDS; w++)
            b->word[w][p] = mixed((uint64_t) (WORDS * (path + p) + w + 1) * 0x9E3779B97F4A7C15u);
        b->x[p] = 0.5;
        b->y[p] = 0.0;
    }
}

static void normals(Block *restrict b) {
    for (int p = 0; p < LANES; p++) {
        uint64_t s = b->word[0][p], t = b->word[1][p], u = b->word[2][p], v = b->word[3][p];
        uint64_t bits = turned(s + v, 23) + s, moved = t << 17;
        u ^= s;
        v ^= t;
        t ^= u;
        s ^= v;
        b->word[0][p] = s;
        b->word[1][p] = t;
        b->word[2][p] = u ^ moved;
        b->word[3][p] = turned(v, 45);
        double radius = sqrt(-2.0 * log(((double) (uint32_t) (bits >> 32) + 0.5) * 0x1p-32));
        double angle = (double) (uint32_t) bits * (2.0 * M_PI * 0x1p-32);
        b->first[p] = radius * cos(angle);
        /* Not sin(angle): the compiler would make one call for both, which libmvec does not have. */
        b->second[p] = radius * cos(angle - M_PI_2);
    }
}

static void step(Block *restrict b) {
    const double root = sqrt(2.0 * DT);
    for (int p = 0; p < LANES; p++) {
        double x = b->x[p], y = b->y[p], x2 = x * x, y2 = y * y;
        double swirl = LAMBDA * exp(0.25 - 0.5 * x2 + y2 * (0.5 - 0.5 * x2 - 0.25 * y2));
        b->x[p] = x + DT * (-swirl * y - x * (x2 - 1.0)) + root * b->first[p];
        b->y[p] = y + DT * (swirl * x - y) + root * b->second[p];
    }
}

static void *run(void *argument) {
    Work *work = argument;
    Block *b = aligned_alloc(64, (sizeof(Block) + 63) / 64 * 64);
    for (long path = work->begin; path < work->end; path += LANES) {
        start(b, path);
        for (int n = 0; n < work->steps; n++) {
            normals(b);
            step(b);
        }
        for (int p = 0; p < LANES && path + p < work->end; p++) {
            double x = b->x[p], y = b->y[p], terms[MOMENTS] = {x, y, x * x, y * y, x * y};
            for (int m = 0; m < MOMENTS; m++)
                work->sum[m] += terms[m];
        }
    }
    free(b);
    return NULL;
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: em PATHS STEPS THREADS\n");
        return 2;
    }
    long paths = atol(words[1]);
    int steps = atoi(words[2]), threads = atoi(words[3]);
    Work *works = calloc(threads, sizeof *works);
    pthread_t *all = calloc(threads, sizeof *all);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int t = 0; t < threads; t++) {
        works[t].begin = paths * t / threads;
        works[t].end = paths * (t + 1) / threads;
        works[t].steps = steps;
        pthread_create(&all[t], NULL, run, &works[t]);
    }
    double sum[MOMENTS] = {0};
    for (int t = 0; t < threads; t++) {
        pthread_join(all[t], NULL);
        for (int m = 0; m < MOMENTS; m++)
            sum[m] += works[t].sum[m] / paths;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double seconds = (to.tv_sec - from.tv_sec) + 1e-9 * (to.tv_nsec - from.tv_nsec);
    printf("%.4g path-steps/s, %.3f s\n%.6g %.6g %.6g %.6g %.6g\n", (double) paths * steps / seconds, seconds,
            sum[0], sum[1], sum[2], sum[3], sum[4]);
    return 0;
}
