package dev.carousel.cuda;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kernels that exist for several element types; looking one up allocates nothing. */
final class TypedKernels {
  private static final Pattern NAME = Pattern.compile("(.+?)_(F32|F16|BF16)(?:_(F32|F16|BF16))?");

  private static final Map<String, Map<ElementType, Map<ElementType, Kernel>>> ALL = all();

  private TypedKernels() {}

  private static Map<String, Map<ElementType, Map<ElementType, Kernel>>> all() {
    Map<String, Map<ElementType, Map<ElementType, Kernel>>> all = new HashMap<>();
    for (Kernel k : Kernel.values()) {
      Matcher m = NAME.matcher(k.name());
      if (m.matches()) {
        ElementType from = ElementType.valueOf(m.group(2));
        ElementType to = m.group(3) == null ? from : ElementType.valueOf(m.group(3));
        all.computeIfAbsent(
                m.group(1).toLowerCase(Locale.ROOT), name -> new EnumMap<>(ElementType.class))
            .computeIfAbsent(from, type -> new EnumMap<>(ElementType.class))
            .put(to, k);
      }
    }
    return all;
  }

  /** The kernel of an operation on one type, as in {@code of("pack", F16)}. */
  static Kernel of(String operation, ElementType type) {
    return of(operation, type, type);
  }

  /** The kernel of an operation from one type to another, as in {@code of("join", F16, F32)}. */
  static Kernel of(String operation, ElementType from, ElementType to) {
    var kernels = Objects.requireNonNull(ALL.get(operation), operation);
    return Objects.requireNonNull(
        Objects.requireNonNull(kernels.get(from), operation).get(to), operation);
  }
}
