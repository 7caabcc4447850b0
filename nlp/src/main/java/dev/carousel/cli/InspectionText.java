package dev.carousel.cli;

import dev.carousel.eval.TextWidth;
import dev.carousel.inspect.Saliency;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.rnn.Precision;
import dev.carousel.translate.AttentionMap;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A look inside a model, for a terminal. */
final class InspectionText {
  private static final int WIDEST_TOKEN = 16;
  private static final int NUMBERS = 24;
  private static final int STRONGEST = 3;

  private final PrintStream out;
  private final Screen screen;

  InspectionText(PrintStream out, Screen screen) {
    this.out = out;
    this.screen = screen;
  }

  void print(Inspection inside, List<ShownLayer> layers) {
    out.println(TextWidth.shorten(inside.answer(), screen.columns()));
    inside.notes().forEach(out::println);
    if (layers.isEmpty()) {
      out.println("There is no token to look at.");
      out.flush();
      return;
    }
    inside.explained().ifPresent(this::print);
    inside.attention().forEach(this::print);
    for (ShownLayer layer : layers) {
      out.println();
      new LayerText(layer, screen).lines().forEach(out::println);
    }
    out.println();
    out.println(exactness(inside));
    out.flush();
  }

  private static String exactness(Inspection inside) {
    Precision precision = inside.recomputed().precision();
    String arithmetic =
        precision == Precision.F32 ? "" : ", which multiplies in " + precision + ",";
    String backend = "backend " + inside.recomputed().backend() + arithmetic;
    OptionalDouble deviation = inside.recomputed().deviation();
    return deviation.isEmpty()
        ? "Gates are those that " + backend + " computed."
        : String.format(
            Locale.ROOT,
            "Gates are computed in double from the F32 weights;%n"
                + "the outputs of %s differ by at most %.1e.",
            backend,
            deviation.getAsDouble());
  }

  private void print(Explanation why) {
    Saliency s = why.saliency();
    double largest = Arrays.stream(s.norms()).max().orElse(0);
    int margin = TokenText.margin(why.tokens(), WIDEST_TOKEN);
    out.println();
    String of = TextWidth.shorten(TokenText.visible(why.of()), Math.max(8, screen.columns() - 50));
    out.printf(Locale.ROOT, "What mattered to %s, whose score is %.3f%n", of, why.score());
    out.println(" ".repeat(margin) + "|gradient|  ⟨gradient, input⟩");
    for (int t = 0; t < why.tokens().size(); t++) {
      double product = s.products()[t];
      out.print(TokenText.padded(why.tokens().get(t), margin));
      out.printf(Locale.ROOT, "%10.4f", s.norms()[t]);
      out.print(screen.sign(product, String.format(Locale.ROOT, "%+11.4f  ", product)));
      double share = largest == 0 ? 0 : s.norms()[t] / largest;
      out.println(TokenText.bar(share, Math.min(30, screen.columns() - margin - NUMBERS)));
    }
  }

  private void print(AttentionView view) {
    out.println();
    out.println(view.layer() + ", head " + view.head() + ": what was looked at");
    if (view.queries().size() == 1) {
      bars(view);
    } else if (fits(view)) {
      AttentionMap map = new AttentionMap(view.keys(), view.queries(), view.weights());
      out.print(AttentionText.of(map));
    } else {
      strongest(view);
    }
  }

  private void bars(AttentionView view) {
    int margin = TokenText.margin(view.keys(), WIDEST_TOKEN);
    for (int t = 0; t < view.keys().size(); t++) {
      float weight = view.weights()[0][t];
      out.print(TokenText.padded(view.keys().get(t), margin));
      out.printf(Locale.ROOT, "%6.3f  ", weight);
      out.println(TokenText.bar(weight, Math.min(40, screen.columns() - margin - 8)));
    }
  }

  /** Whether the map's columns, with the tokens above them like stairs, fit into a line. */
  private boolean fits(AttentionView view) {
    int margin = TokenText.margin(view.queries(), WIDEST_TOKEN);
    int widest =
        IntStream.range(0, view.keys().size())
            .map(i -> margin + 2 * i + TextWidth.of(view.keys().get(i)))
            .max()
            .orElse(0);
    return widest <= screen.columns();
  }

  /** Where the map is too wide: the keys that each query looked at most. */
  private void strongest(AttentionView view) {
    int margin = TokenText.margin(view.queries(), WIDEST_TOKEN);
    for (int q = 0; q < view.queries().size(); q++) {
      float[] row = view.weights()[q];
      String most =
          IntStream.range(0, row.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -row[i]))
              .limit(STRONGEST)
              .map(i -> String.format(Locale.ROOT, "%s %.2f", view.keys().get(i), row[i]))
              .collect(Collectors.joining("  "));
      String line = TextWidth.shorten(most, screen.columns() - margin);
      out.println(TokenText.padded(view.queries().get(q), margin) + line);
    }
  }
}
