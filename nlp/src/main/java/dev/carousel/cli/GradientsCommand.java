package dev.carousel.cli;

import dev.carousel.inspect.FlowNetwork;
import dev.carousel.inspect.FlowSettings;
import dev.carousel.inspect.GradientFlow;
import dev.carousel.report.FlowPng;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    FlowReport report = model == null ? compare() : follow(model);
    if (json) {
      console.json(report.fields());
    } else {
      report.lines().forEach(console.out()::println);
      console.out().flush();
    }
    if (picture != null) {
      FlowPng.write(picture, report.table().curves()).ifPresent(console::progress);
    }
    return 0;
  }

  private void refuse(Set<String> foreign) {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      if (foreign.contains(given.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            given.longestName()
                + (model == null
                    ? " needs a model: name its folder"
                    : " is for untrained networks"));
      }
    }
  }

  private FlowReport compare() throws IOException {
    FlowSettings settings = Usage.of(spec, networks::settings);
    List<FlowNetwork> compared = Usage.of(spec, networks::networks);
    List<GradientFlow> flows = new ArrayList<>();
    try (Backend backend = backends.open()) {
      for (FlowNetwork network : compared) {
        flows.add(GradientFlow.of(network, settings, backend));
      }
    }
    return new ComparedFlows(settings, flows);
  }

  private FlowReport follow(Path directory) throws IOException {
    ModelKind kind = ModelKinds.of(directory);
    ModelKinds.requireHeeded(kind, spec);
    Usage.of(spec, texts::checked);
    Usage.of(spec, texts::data);
    try (Backend backend = backends.open();
        LoadedModel loaded = kind.load(directory, backend, backends.asked())) {
      return new FollowedModel(loaded.gradientFlow(texts, console));
    }
  }
}
