package dev.carousel.cli;

import dev.carousel.inspect.FlowCurve;
import dev.carousel.inspect.FlowNetwork;
import dev.carousel.inspect.FlowSettings;
import dev.carousel.inspect.GradientFlow;
import dev.carousel.inspect.GradientTrace;
import dev.carousel.inspect.Reading;
import dev.carousel.model.ModelFlow;
import dev.carousel.report.FlowPng;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel gradients}: how far gradients reach back in time. */
@Command(
    name = "gradients",
    header = "Show how far gradients reach back in time: vanishing, exploding, clipped.",
    description = {
      "Without DIR untrained networks are compared: they read noise, the loss is the last output's",
      "product with a random vector of length 1, and |dL/dh| is told so many steps before. One step",
      "of plain descent at rate 1 shows what clipping does.",
      "With DIR a classifier, tagger or language model reads texts of its kind with their loss."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  carousel gradients --cells rnn,lstm --forget-bias 0,1 --length 100 --png flow.png",
      "  carousel gradients model --data train.tsv",
    })
final class GradientsCommand implements Callable<Integer> {
  private static final Set<String> OF_NETWORKS =
      Set.of(
          "--cells",
          "--forget-bias",
          "--radius",
          "--length",
          "--hidden",
          "--layers",
          "--clip",
          "--seed");
  private static final Set<String> OF_MODELS =
      Set.of(
          "--data",
          "--limit",
          "--window",
          "--columns",
          "--format",
          "--skip-bad-rows",
          "--precision");

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A model that 'carousel train' saved; none to compare untrained networks.")
  private @Nullable Path model;

  @Mixin private FlowNetworkFlags networks;
  @Mixin private FlowDataFlags texts;

  @Option(names = "--png", paramLabel = "FILE", description = "Draw the norms by distance.")
  private @Nullable Path picture;

  @Option(
      names = "--json",
      description = "Print one JSON object: norms at distance 0, 1, …, parameters' norms.")
  private boolean json;

  @Mixin private BackendFlags backends;

  GradientsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    refuse(model == null ? OF_MODELS : OF_NETWORKS);
    return model == null ? compare() : follow(model);
  }

  private void refuse(Set<String> foreign) {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      if (foreign.contains(given.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            given.longestName()
                + (model == null ? " needs a model: name its folder" : " is for untrained networks"));
      }
    }
  }

  private int compare() throws IOException {
    FlowSettings settings = Usage.of(spec, networks::settings);
    List<FlowNetwork> compared = Usage.of(spec, networks::networks);
    List<GradientFlow> flows = new ArrayList<>();
    FlowTable table = new FlowTable();
    try (Backend backend = backends.open()) {
      for (FlowNetwork network : compared) {
        GradientFlow flow = GradientFlow.of(network, settings, backend);
        flows.add(flow);
        flow.layers().forEach(layer -> table.add(name(flow, layer), norms(layer)));
      }
    }
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("settings", settings);
      fields.put("networks", flows.stream().map(GradientsCommand::fields).toList());
      console.json(fields);
    } else {
      print(settings, flows, table);
    }
    draw(table);
    return 0;
  }

  private static String name(GradientFlow flow, GradientTrace layer) {
    String name = flow.network().toString();
    return flow.layers().size() == 1 ? name : name + ", layer " + layer.layer();
  }

  private static double[] norms(GradientTrace layer) {
    double[] norms = new double[layer.norms().length];
    java.util.Arrays.setAll(norms, layer::atDistance);
    return norms;
  }

  private void print(FlowSettings settings, List<GradientFlow> flows, FlowTable table) {
    console
        .out()
        .printf(
            "|dL/dh| so many steps before the loss: %d layer(s) of %d units, seed %d%n",
            settings.layers(), settings.hidden(), settings.seed());
    table.lines().forEach(console.out()::println);
    console.out().println();
    console
        .out()
        .printf(
            Locale.ROOT,
            "Norm of all parameters' gradients, and how far one step at rate 1 goes, clipped at %s%n",
            settings.clip());
    for (GradientFlow flow : flows) {
      GradientFlow.ClippedStep step = flow.step();
      String out = Double.isFinite(step.gradientNorm()) ? "" : "  left out: beyond single precision";
      console
          .out()
          .printf(
              Locale.ROOT,
              "%-28s %9.1e %9.1e%s%n",
              flow.network(),
              step.gradientNorm(),
              step.updateNorm(),
              out);
    }
    console.out().flush();
  }

  private static Map<String, Object> fields(GradientFlow flow) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("network", flow.network().toString());
    fields.put("cell", flow.network().cell().name().toLowerCase(Locale.ROOT));
    fields.put("forgetBias", flow.network().forgetBias());
    fields.put("radius", flow.network().radius());
    fields.put("normsByDistance", flow.layers().stream().map(GradientsCommand::norms).toList());
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

  private int follow(Path directory) throws IOException {
    ModelKind kind = ModelKinds.of(directory);
    ModelKinds.requireHeeded(kind, spec);
    Usage.of(spec, texts::checked);
    Usage.of(spec, texts::data);
    FlowTable table = new FlowTable();
    try (Backend backend = backends.open();
        LoadedModel loaded = kind.load(directory, backend, backends.asked())) {
      ModelFlow flow = loaded.gradientFlow(texts, console);
      flow.layers().forEach(layer -> table.add(name(layer), layer.norms()));
      if (json) {
        console.json(fields(flow));
      } else {
        print(flow, table);
      }
    }
    draw(table);
    return 0;
  }

  private static String name(FlowCurve layer) {
    String way = layer.reading() == Reading.FORWARDS ? "forwards" : "backwards";
    return "%s, layer %d, %s".formatted(layer.network(), layer.layer(), way);
  }

  private void print(ModelFlow flow, FlowTable table) {
    console
        .out()
        .printf(
            "Mean |dL/dh| of %d texts, so many steps before the last one read%n", flow.texts());
    table.lines().forEach(console.out()::println);
    console.out().println();
    console.out().println("Norm of the mean gradient of the parameters");
    flow.parameterNorms()
        .forEach((layer, norm) -> console.out().printf(Locale.ROOT, "%-28s %9.1e%n", layer, norm));
    console.out().flush();
  }

  private static Map<String, Object> fields(ModelFlow flow) {
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

  private void draw(FlowTable table) {
    if (picture != null) {
      FlowPng.write(picture, table.curves()).ifPresent(console::progress);
    }
  }
}
