package dev.carousel.tensor;

/** A step needs more memory than its arena may take. The message names the shape and the budget. */
public final class OutOfArenaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what was asked for, what is in use, and what the budget is. */
  public OutOfArenaException(DType type, Shape shape, long used, long budget) {
    super(
        "a "
            + type
            + " tensor of shape "
            + shape
            + " does not fit: "
            + used
            + " of "
            + budget
            + " bytes are in use; use smaller batches, shorter sequences or a larger budget");
  }
}
