package dev.carousel.cli;

import dev.carousel.inspect.FlowCurve;
import dev.carousel.inspect.Reading;
import dev.carousel.model.ModelFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far gradients reach back in a trained model.
 *
 * @param flow what was found
 */
record FollowedModel(ModelFlow flow) implements FlowReport {
  @Override
  public FlowTable table() {
    FlowTable table = new FlowTable();
    flow.layers().forEach(layer -> table.add(name(layer), layer.norms()));
    return table;
  }

  private static String name(FlowCurve layer) {
    String way = layer.reading() == Reading.FORWARDS ? "forwards" : "backwards";
    return "%s, layer %d, %s".formatted(layer.network(), layer.layer(), way);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Mean |dL/dh| of %d texts, so many steps before the last one read".formatted(flow.texts()));
    lines.addAll(table().lines());
    lines.add("");
    lines.add("Norm of the mean gradient of the parameters");
    flow.parameterNorms()
        .forEach(
            (layer, norm) -> lines.add(String.format(Locale.ROOT, "%-28s %9.1e", layer, norm)));
    return lines;
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("texts", flow.texts());
    List<Map<String, Object>> layers = new ArrayList<>();
    for (FlowCurve layer : flow.layers()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", name(layer));
      one.put("normsByDistance", layer.norms());
      one.put("textsByDistance", layer.texts());
      layers.add(one);
    }
    fields.put("layers", layers);
    fields.put("parameterNorms", flow.parameterNorms());
    return fields;
  }
}
