package dev.carousel.model;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Observer;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.spi.Backend;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Evaluations for any number of threads: each use has one for itself, and as many exist as were
 * ever in use at once. Closing waits for the uses under way.
 */
public final class EvalPool implements AutoCloseable {
  /** The most bytes of one evaluation; an arena takes what it needs and no more. */
  private static final long BUDGET = 8L << 30;

  private final Backend backend;
  private final Plans plans;
  private final Queue<Eval> idle = new ConcurrentLinkedQueue<>();
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private final Object gradients = new Object();
  private boolean closed;

  /** A pool of evaluations on this backend. */
  public EvalPool(Backend backend) {
    this.backend = backend;
    this.plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
  }

  /**
   * Runs {@code step} on an evaluation that nobody else uses.
   *
   * @throws IllegalStateException if the pool is closed
   */
  public <R> R run(Function<Eval, R> step) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      Eval free = idle.poll();
      Eval eval = free == null ? new Eval(backend, plans, BUDGET) : free;
      try {
        eval.begin();
        return step.apply(eval);
      } finally {
        idle.add(eval);
      }
    } finally {
      open.readLock().unlock();
    }
  }

  /** The same on an evaluation that shows {@code observer} what it computes. */
  public <R> R look(Observer observer, Function<Eval, R> step) {
    return run(
        eval -> {
          eval.observe(observer);
          try {
            return step.apply(eval);
          } finally {
            eval.observe(null);
          }
        });
  }

  /**
   * Runs {@code step} on a new tape without dropout, so that it can be run backwards. One at a
   * time: all of them add to the same gradients of parameters, which take as much memory as the
   * parameters from the first time on, and whose values are nobody's afterwards.
   *
   * @throws IllegalStateException if the pool is closed
   */
  public <R> R differentiate(Function<Tape, R> step) {
    return run(
        eval -> {
          synchronized (gradients) {
            try (Tape tape = Tape.withoutDropout(backend, plans, BUDGET)) {
              tape.begin();
              return step.apply(tape);
            }
          }
        });
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        idle.forEach(Eval::close);
        idle.clear();
        plans.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
