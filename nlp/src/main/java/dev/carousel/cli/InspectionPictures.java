package dev.carousel.cli;

import dev.carousel.inspect.Gate;
import dev.carousel.inspect.Saliency;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.report.AttentionPng;
import dev.carousel.report.GatePng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A look inside a model as PNG files: {@code rnn-l0-forwards-i.png} and so on, tokens down and
 * units across; {@code attention-LAYER-HEAD.png}; {@code saliency.png}.
 *
 * @param folder where they go; made if it is not there
 * @param console is told what a picture leaves out
 */
record InspectionPictures(Path folder, Console console) {
  /** The most tokens down or across an attention map. */
  private static final int MOST = 200;

  void draw(Inspection inside, List<ShownLayer> layers) throws IOException {
    Files.createDirectories(folder);
    for (ShownLayer layer : layers) {
      for (Gate gate : layer.trace().gates().keySet()) {
        draw(layer, gate);
      }
    }
    for (AttentionView view : inside.attention()) {
      if (!view.keys().isEmpty() && view.weights().length > 0) {
        draw(view);
      }
    }
    inside.explained().filter(why -> !why.tokens().isEmpty()).ifPresent(this::draw);
  }

  private void draw(ShownLayer layer, Gate gate) {
    Path file = folder.resolve(layer.name() + "-" + gate.symbol() + ".png");
    float[][] values = layer.gate(gate);
    List<String> units =
        Arrays.stream(layer.units()).limit(values[0].length).mapToObj(Integer::toString).toList();
    GatePng.Scale scale = gate.isShare() ? GatePng.Scale.SHARES : GatePng.Scale.SIGNED;
    GatePng.write(file, layer.tokens(), units, values, scale).forEach(console::progress);
  }

  private void draw(AttentionView view) {
    Path file = folder.resolve("attention-%s-%d.png".formatted(view.layer(), view.head()));
    int queries = Math.min(MOST, view.queries().size());
    int keys = Math.min(MOST, view.keys().size());
    if (queries < view.queries().size() || keys < view.keys().size()) {
      console.progress(
          "%s shows %d of %d queries and %d of %d tokens; --json has all"
              .formatted(file, queries, view.queries().size(), keys, view.keys().size()));
    }
    float[][] weights = new float[queries][];
    Arrays.setAll(weights, q -> Arrays.copyOf(view.weights()[q], keys));
    AttentionPng.write(
            file, view.queries().subList(0, queries), view.keys().subList(0, keys), weights)
        .ifPresent(console::progress);
  }

  /** Each column is scaled to its largest magnitude. */
  private void draw(Explanation why) {
    Saliency s = why.saliency();
    double norm = largest(s.norms());
    double product = largest(s.products());
    float[][] values = new float[s.norms().length][];
    Arrays.setAll(
        values,
        t -> new float[] {(float) (s.norms()[t] / norm), (float) (s.products()[t] / product)});
    List<String> columns = List.of("|gradient|", "gradient × input");
    GatePng.write(
            folder.resolve("saliency.png"), why.tokens(), columns, values, GatePng.Scale.SIGNED)
        .forEach(console::progress);
  }

  private static double largest(double[] values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    return largest == 0 ? 1 : largest;
  }
}
