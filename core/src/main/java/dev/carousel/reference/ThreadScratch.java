package dev.carousel.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Room for each thread that grows to the largest size asked for, and then is used again (R6). */
final class ThreadScratch {
  private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(Room::new);

  /**
   * The calling thread's room, empty, for at least {@code size} doubles. It is the same room each
   * time: what lies in it is valid until the same thread asks again.
   */
  Room take(long size) {
    Room room = rooms.get();
    room.clear(size);
    return room;
  }

  /** Matrices one after another in one array. */
  static final class Room {
    private final List<Matrix> views = new ArrayList<>();
    private double[] array = {};
    private int at;
    private int used;

    private void clear(long size) {
      if (array.length < size) {
        array = new double[Math.toIntExact(size)];
      }
      at = 0;
      used = 0;
    }

    /** All of it, for who needs no matrices. */
    double[] array() {
      return array;
    }

    /** The next matrix; its contents are undefined. */
    Matrix matrix(int rows, int cols) {
      if (used == views.size()) {
        views.add(new Matrix());
      }
      Matrix m = views.get(used++);
      at = m.place(array, at, rows, cols);
      return m;
    }

    /** The next matrix, of zeros. */
    Matrix zeros(int rows, int cols) {
      int from = at;
      Matrix m = matrix(rows, cols);
      Arrays.fill(array, from, at, 0);
      return m;
    }
  }
}
