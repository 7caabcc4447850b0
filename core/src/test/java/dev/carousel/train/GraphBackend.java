package dev.carousel.train;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Capture;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.Memory;
import dev.carousel.spi.Replay;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A backend with graphs, as a device has them, around one that computes on the host. A recording is
 * the list of kernel calls with the operands that they had; a replay makes these calls and runs
 * none of the host's code, so a host value that should have changed between two replays shows.
 * While recording, whatever a device could not do in a graph is refused.
 */
final class GraphBackend {
  private static final Set<String> FORBIDDEN =
      Set.of("allocate", "arena", "upload", "download", "await", "plan", "pack");

  private @Nullable List<Runnable> recording;
  private int recordings;
  private int replays;

  /** The backend, which closes {@code host}. */
  Backend around(Backend host) {
    return wrap(Backend.class, host);
  }

  int recordings() {
    return recordings;
  }

  int replays() {
    return replays;
  }

  private <T> T wrap(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Handler(real, type)));
  }

  /** Stands for one kernel group, plan or packing. */
  private final class Handler implements InvocationHandler {
    private final Object real;
    private final Class<?> type;

    Handler(Object real, Class<?> type) {
      this.real = real;
      this.type = type;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object[] arguments) {
      if (method.getReturnType() == Capture.class) {
        return (Capture) GraphBackend.this::record;
      }
      if (recording != null && FORBIDDEN.contains(method.getName())) {
        throw new IllegalStateException("no graph can hold a call of " + method);
      }
      Object[] operands = unwrap(arguments);
      boolean launch = method.getReturnType() == void.class && !method.getName().equals("close");
      if (launch && recording != null) {
        recording.add(() -> call(method, real, operands));
      }
      Object result = call(method, real, operands);
      Class<?> returned = method.getReturnType();
      boolean wrapped = type == Backend.class && returned.getName().endsWith("Kernels");
      if (wrapped || returned == Memory.class || isHandle(returned)) {
        return wrapUnchecked(returned, result);
      }
      return result;
    }
  }

  private static boolean isHandle(Class<?> type) {
    return type == RnnPlan.class || type == RnnWeights.class || type == LinearWeights.class;
  }

  private <T> T wrapUnchecked(Class<T> type, @Nullable Object real) {
    return wrap(type, type.cast(real));
  }

  private static @Nullable Object call(Method method, Object on, Object[] operands) {
    try {
      return method.invoke(on, operands);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + method, e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private static Object[] unwrap(@Nullable Object[] arguments) {
    Object[] operands = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < operands.length; i++) {
      operands[i] = unwrapOne(operands[i]);
    }
    return operands;
  }

  private static Object unwrapOne(Object o) {
    if (o instanceof RnnForward io) {
      return forward(io);
    }
    if (o instanceof RnnBackward io) {
      return new RnnBackward(
          forward(io.forward()), io.dy(), io.dLast(), io.dx(), io.dInitial(), io.dWeights());
    }
    if (o instanceof LinearBackward io) {
      LinearWeights w = (LinearWeights) unwrapOne(io.w());
      return new LinearBackward(io.x(), w, io.dy(), io.dx(), io.dw(), io.dBias());
    }
    return o != null
            && Proxy.isProxyClass(o.getClass())
            && Proxy.getInvocationHandler(o) instanceof Handler h
        ? h.real
        : o;
  }

  private static RnnForward forward(RnnForward io) {
    return new RnnForward(
        io.x(),
        io.initial(),
        (RnnWeights) unwrapOne(io.weights()),
        io.y(),
        io.last(),
        io.reserve(),
        io.work());
  }

  private Replay record(Runnable step) {
    List<Runnable> calls = new ArrayList<>();
    recording = calls;
    try {
      step.run();
    } finally {
      recording = null;
    }
    recordings++;
    return new Replay() {
      @Override
      public void launch() {
        replays++;
        calls.forEach(Runnable::run);
      }

      @Override
      public void close() {
        calls.clear();
      }
    };
  }
}
