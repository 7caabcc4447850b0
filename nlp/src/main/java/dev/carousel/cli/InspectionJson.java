package dev.carousel.cli;

import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A look inside a model as one JSON object, which says the shapes of its arrays. */
final class InspectionJson {
  private InspectionJson() {}

  static Map<String, Object> of(Inspection inside, List<ShownLayer> layers) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("answer", inside.answer());
    fields.put("notes", inside.notes());
    fields.put("backend", inside.recomputed().backend());
    fields.put("precision", inside.recomputed().precision().name().toLowerCase(Locale.ROOT));
    OptionalDouble deviation = inside.recomputed().deviation();
    fields.put("gatesComputedIn", deviation.isPresent() ? "f64" : "f32");
    fields.put("deviation", deviation.isPresent() ? deviation.getAsDouble() : null);
    fields.put(
        "shapes",
        Map.of(
            "layers.gates", "[tokens, units]",
            "attention.weights", "[queries, keys]",
            "saliency.gradientNorms", "[tokens]",
            "saliency.gradientTimesInput", "[tokens]"));
    fields.put("layers", layers.stream().map(InspectionJson::layer).toList());
    fields.put("attention", inside.attention().stream().map(InspectionJson::attention).toList());
    inside.explained().ifPresent(why -> fields.put("saliency", saliency(why)));
    return fields;
  }

  private static Map<String, Object> layer(ShownLayer layer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("network", layer.trace().network());
    fields.put("layer", layer.trace().layer());
    fields.put("direction", layer.direction());
    fields.put("cell", layer.trace().cell().name().toLowerCase(Locale.ROOT));
    fields.put("tokens", layer.tokens());
    fields.put("units", layer.units());
    Map<String, Object> gates = new LinkedHashMap<>();
    layer.trace().gates().keySet().forEach(g -> gates.put(g.symbol(), layer.gate(g)));
    fields.put("gates", gates);
    return fields;
  }

  private static Map<String, Object> attention(AttentionView view) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("layer", view.layer());
    fields.put("head", view.head());
    fields.put("queries", view.queries());
    fields.put("keys", view.keys());
    fields.put("weights", view.weights());
    return fields;
  }

  private static Map<String, Object> saliency(Explanation why) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("of", why.of());
    fields.put("score", why.score());
    fields.put("tokens", why.tokens());
    fields.put("gradientNorms", why.saliency().norms());
    fields.put("gradientTimesInput", why.saliency().products());
    return fields;
  }
}
