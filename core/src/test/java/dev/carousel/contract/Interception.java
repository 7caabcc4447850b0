package dev.carousel.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Stands between a caller and one method of an interface. */
final class Interception {
  /** The real method. */
  interface Proceed {
    @Nullable Object with(@Nullable Object... arguments);
  }

  /** What is done instead of, before or after the real method. */
  interface Body {
    @Nullable Object call(@Nullable Object[] arguments, Proceed real);
  }

  private Interception() {}

  /** {@code real} with every method called {@code name} replaced. */
  static <T> T of(Class<T> type, T real, String name, Body body) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Proceed proceed = changed -> invoke(method, real, changed);
              Object[] given = arguments == null ? new Object[0] : arguments;
              return method.getName().equals(name)
                  ? body.call(given, proceed)
                  : proceed.with(given);
            });
    return type.cast(proxy);
  }

  private static @Nullable Object invoke(Method method, Object on, @Nullable Object[] arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + method, e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
