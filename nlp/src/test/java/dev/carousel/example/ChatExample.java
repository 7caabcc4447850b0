package dev.carousel.example;

// docs/chat.md shows the lines from here …
import dev.carousel.chat.*;
import dev.carousel.data.*;
import dev.carousel.spi.*;
import java.nio.file.Path;
import java.util.List;

class ChatExample {
  public static void main(String[] args) throws Exception {
    DialogueSet all = DialogueSet.read(Path.of("dialogues.yml"), DialogueFormat.YAML);
    List<DialogueSet> parts = all.holdOut(50, 1);
    try (Backend backend = Backends.best();
        ChatBot bot = ChatBot.train(parts.get(0), parts.get(1), ChatSettings.DEFAULT, backend)) {
      Session session = bot.session(ChatOptions.DEFAULT);
      Reply reply = session.say("Hello, who are you?");
      System.out.println(reply.text() + " (" + reply.origin() + ")");
      bot.save(Path.of("bot"));
    }
  }
}
// … to here.
