// Rows of a batch in the order of their lengths, longest first, so that those which are still running at a step are the
// first so many. Values of all steps then lie one after another without padding: a packed sequence.
#pragma once

namespace carousel::CAROUSEL_ISA {

struct Steps {
  int T, N;
  int longest;      // steps that any row has
  bool whole;       // every row has T steps
  int* order;       // [N] the caller's row that is our row r
  int* length;      // [N] of our rows
  long* start;      // [T + 1] packed row of a step's first; start[s + 1] - start[s] rows run at step s
  int* source[2];   // for each direction, of each packed row: the caller's t * N + n
  int* before;      // of each packed row: where the state before its step lies, the N initial ones first

  long total() const { return start[longest]; }
  long count(int s) const { return s < longest ? start[s + 1] - start[s] : 0; }

  // Whether packed rows are the caller's rows.
  bool same(int direction) const { return whole && direction == 0; }

  static long ints(int T, int N) { return 2L * N + 3L * T * N; }

  // lengths may be null: every row has T steps. Ties keep the caller's order.
  void read(const int* lengths, int directions) {
    whole = true;
    for (int n = 0; lengths != nullptr && n < N; n++) whole = whole && lengths[n] == T;
    if (whole) {
      for (int n = 0; n < N; n++) {
        order[n] = n;
        length[n] = T;
      }
      longest = T;
      for (int s = 0; s <= T; s++) start[s] = (long)s * N;
    } else {
      sort(lengths);
    }
    for (int d = 0; d < directions; d++)
      if (!same(d)) map(d);
    if (!whole) mapStates();
  }

 private:
  void sort(const int* lengths) {
    for (int s = 0; s <= T; s++) start[s] = 0;  // first as a histogram of lengths
    for (int n = 0; n < N; n++) start[lengths[n]]++;
    long before = 0;
    for (int l = T; l >= 0; l--) {
      long rows = start[l];
      start[l] = before;
      before += rows;
    }
    for (int n = 0; n < N; n++) {
      int r = (int)start[lengths[n]]++;
      order[r] = n;
      length[r] = lengths[n];
    }
    longest = length[0];
    int running = N;
    long packed = 0;
    for (int s = 0; s <= T; s++) {
      while (running > 0 && length[running - 1] <= s) running--;
      start[s] = packed;
      packed += running;
    }
  }

  void mapStates() {
    int* to = before;
    for (int s = 0; s < longest; s++) {
      long n = count(s);
      for (long r = 0; r < n; r++) *to++ = (int)(s == 0 ? r : N + start[s - 1] + r);
    }
  }

  void map(int d) {
    int* to = source[d];
    for (int s = 0; s < longest; s++) {
      long n = count(s);
      for (long r = 0; r < n; r++) *to++ = (d == 0 ? s : length[r] - 1 - s) * N + order[r];
    }
  }
};

}  // namespace carousel::CAROUSEL_ISA
