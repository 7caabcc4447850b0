package dev.carousel.embed;

import java.util.Arrays;

/**
 * Which words have been seen, by 64 bits of each: some 16 bytes a word, where the words themselves
 * would take ten times as much. That two of n words share their bits has a probability of n² / 2⁶⁵,
 * below one in a million for the largest files there are.
 */
final class SeenWords {
  /** Open addressing with linear probing, at most half full; 0 is free. */
  private long[] table = new long[1 << 10];

  private int size;

  /** Adds a word; false if it was there. */
  boolean add(String word) {
    if (size >= table.length / 2) {
      grow();
    }
    return put(bits(word));
  }

  private boolean put(long bits) {
    int mask = table.length - 1;
    int slot = (int) (bits >>> 32) & mask;
    while (table[slot] != 0) {
      if (table[slot] == bits) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = bits;
    size++;
    return true;
  }

  private void grow() {
    long[] all = table;
    table = new long[Math.multiplyExact(all.length, 2)];
    size = 0;
    Arrays.stream(all).filter(bits -> bits != 0).forEach(this::put);
  }

  /** FNV-1a (Fowler, Noll, Vo) over UTF-16 units, mixed as SplitMix64 does; never 0. */
  private static long bits(String word) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }
}
