package dev.carousel.cli;

import dev.carousel.decode.Sampling;
import dev.carousel.lm.LanguageModel;
import dev.carousel.lm.Session;
import dev.carousel.lm.Session.Limits;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel generate}: text that a language model draws. */
@Command(
    name = "generate",
    header = "Let a language model write.",
    description = {
      "Prints the prompt and its continuation. The same seed gives the same text on the same",
      "backend; tokens that the model does not know are never drawn.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel generate model --prompt 'ROMEO:' --length 400 --top-p 0.9 --stream",
    })
final class GenerateCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A model that 'carousel train lm' saved.")
  private Path model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What comes before; \\n stands for the end of a line (default: nothing).")
  private String prompt = "";

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tokens to draw at most (default: ${DEFAULT-VALUE}).")
  private int length = 200;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "Stop after N line ends; 0 for not (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Option(names = "--stream", description = "Print each token as soon as it is drawn.")
  private boolean stream;

  @Option(names = "--json", description = "Print one JSON object: prompt, text, tokens, speed.")
  private boolean json;

  @Mixin private SamplingFlags flags;
  @Mixin private BackendFlags backends;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Sampling sampling = Usage.of(spec, this::sampling);
    Limits limits = Usage.of(spec, () -> new Limits(length, lines));
    try (Backend backend = backends.open();
        LanguageModel loaded = LanguageKind.model(model, backend, backends.asked());
        Session session = loaded.session()) {
      if (json) {
        console.json(figures(session, sampling, limits, backend.name()));
      } else {
        write(session, sampling, limits);
      }
      return 0;
    }
  }

  private Sampling sampling() {
    if (stream && json) {
      throw new IllegalArgumentException("--stream prints text, --json an object: choose one");
    }
    return flags.sampling();
  }

  private String before() {
    return prompt.replace("\\n", "\n");
  }

  private Map<String, Object> figures(
      Session session, Sampling sampling, Limits limits, String backend) {
    StringBuilder text = new StringBuilder();
    session.read(before());
    long begun = System.nanoTime();
    int tokens = session.generate(sampling, limits, text::append);
    double seconds = (System.nanoTime() - begun) / NANOS;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("prompt", before());
    figures.put("text", text.toString());
    figures.put("tokens", tokens);
    figures.put("seed", sampling.seed());
    figures.put("tokensPerSecond", seconds > 0 ? tokens / seconds : 0);
    figures.put("backend", backend);
    figures.put("seconds", seconds);
    return figures;
  }

  private void write(Session session, Sampling sampling, Limits limits) {
    Consumer<String> print = stream ? this::printAtOnce : console.out()::print;
    print.accept(before());
    session.read(before());
    session.generate(sampling, limits, print);
    console.out().println();
    console.out().flush();
  }

  private void printAtOnce(String piece) {
    console.out().print(piece);
    console.out().flush();
  }
}
