package dev.carousel.cli;

import dev.carousel.inspect.FlowSettings;
import dev.carousel.inspect.GradientFlow;
import dev.carousel.inspect.GradientFlow.ClippedStep;
import dev.carousel.inspect.GradientTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far gradients reach back in untrained networks.
 *
 * @param settings what they have in common
 * @param flows network by network
 */
record ComparedFlows(FlowSettings settings, List<GradientFlow> flows) implements FlowReport {
  @Override
  public FlowTable table() {
    FlowTable table = new FlowTable();
    for (GradientFlow flow : flows) {
      flow.layers().forEach(layer -> table.add(name(flow, layer), norms(layer)));
    }
    return table;
  }

  private static String name(GradientFlow flow, GradientTrace layer) {
    String name = flow.network().toString();
    return flow.layers().size() == 1 ? name : name + ", layer " + layer.layer();
  }

  private static double[] norms(GradientTrace layer) {
    double[] norms = new double[layer.norms().length];
    Arrays.setAll(norms, layer::atDistance);
    return norms;
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "|dL/dh| so many steps before the loss: %d layer(s) of %d units, seed %d"
            .formatted(settings.layers(), settings.hidden(), settings.seed()));
    lines.addAll(table().lines());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Norm of all parameters' gradients, and how far one step at rate 1 goes, clipped at %s",
            settings.clip()));
    flows.forEach(flow -> lines.add(line(flow)));
    return lines;
  }

  private static String line(GradientFlow flow) {
    ClippedStep step = flow.step();
    String out = Double.isFinite(step.gradientNorm()) ? "" : "  left out: beyond single precision";
    return String.format(
        Locale.ROOT,
        "%-28s %9.1e %9.1e%s",
        flow.network(),
        step.gradientNorm(),
        step.updateNorm(),
        out);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("settings", settings);
    fields.put("networks", flows.stream().map(ComparedFlows::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(GradientFlow flow) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("network", flow.network().toString());
    fields.put("cell", flow.network().cell().name().toLowerCase(Locale.ROOT));
    fields.put("forgetBias", flow.network().forgetBias());
    fields.put("radius", flow.network().radius());
    fields.put("normsByDistance", flow.layers().stream().map(ComparedFlows::norms).toList());
    fields.put("parameterNorms", new TreeMap<>(flow.parameterNorms()));
    fields.put("gradientNorm", finite(flow.step().gradientNorm()));
    fields.put("clippedAt", flow.step().limit());
    fields.put("updateNorm", flow.step().updateNorm());
    return fields;
  }

  /** JSON has no infinity. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
