package dev.carousel.cli;

import dev.carousel.chat.ChatBot;
import dev.carousel.chat.ChatOptions;
import dev.carousel.chat.Reply;
import dev.carousel.chat.Session;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel chat}: a conversation with a chatbot. */
@Command(
    name = "chat",
    header = "Talk with a chatbot, line by line.",
    description = {
      "On a terminal lines can be edited, and the arrow keys bring earlier ones back; Ctrl-C gives",
      "up a line, Ctrl-D ends the conversation. From a pipe each line is answered by a line."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  carousel chat bot"})
final class ChatCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A bot that 'carousel train chat' saved.")
  private Path model;

  @Option(
      names = "--confidence",
      paramLabel = "X",
      description = {
        "Say what the network writes from this mean probability of a token on",
        "(default: ${DEFAULT-VALUE})."
      })
  private double confidence = ChatOptions.DEFAULT.confidence();

  @Option(
      names = "--similarity",
      paramLabel = "X",
      description = {
        "Otherwise give the answer to a known question from this similarity on",
        "(default: ${DEFAULT-VALUE})."
      })
  private double similarity = ChatOptions.DEFAULT.similarity();

  @Option(
      names = "--memory",
      paramLabel = "N",
      description = "Do not repeat the last N answers (default: ${DEFAULT-VALUE}).")
  private int memory = ChatOptions.DEFAULT.memory();

  @Option(
      names = "--unknown",
      paramLabel = "TEXT",
      description = "What to say otherwise (default: ${DEFAULT-VALUE}).")
  private String unknown = ChatOptions.DEFAULT.unknown();

  @Option(names = "--why", description = "Tell where each answer comes from, and how sure it is.")
  private boolean why;

  @Option(
      names = "--json",
      description = "Print a JSON object a line: text, reply, origin, confidence.")
  private boolean json;

  @Mixin private BackendFlags backends;

  ChatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ChatOptions options =
        Usage.of(spec, () -> new ChatOptions(confidence, similarity, memory, unknown));
    try (Backend backend = backends.open();
        ChatBot bot = ChatBot.load(model, backend, backends.asked());
        ChatLines lines = ChatLines.open(console)) {
      Session session = bot.session(options);
      CutTexts cut = new CutTexts();
      for (String line = lines.next(); line != null; line = lines.next()) {
        Reply reply = session.say(line);
        cut.add(reply.extent());
        print(line, reply);
      }
      cut.tell(console);
      return 0;
    }
  }

  private void print(String line, Reply reply) {
    if (json) {
      console.json(LoadedChatBot.fields(line, reply));
      return;
    }
    console.out().println(reply.text());
    if (why) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "  (%s, %.2f)%n",
              reply.origin().name().toLowerCase(Locale.ROOT),
              reply.confidence());
    }
    console.out().flush();
  }
}
