package dev.carousel.chat;

import dev.carousel.data.Dialogue;
import dev.carousel.data.DialogueSet;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.taskkit.TaskKit;
import dev.carousel.translate.TranslatorTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

class ChatKitTest extends TaskKit<ChatBot> {
  ChatKitTest() {
    super(new Task());
  }

  private static final class Task implements KitTask<ChatBot> {
    private static DialogueSet dialogues(int count) {
      return DialogueSet.of(
          "numbers",
          IntStream.range(0, count)
              .mapToObj(i -> new Dialogue(List.of("say " + i % 5, "i say " + (i + 1) % 5)))
              .toList());
    }

    @Override
    public Outcome<ChatBot> train(Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      ChatSettings settings = ChatBotTest.tiny(epochs);
      TranslatorTrainer trainer = new TranslatorTrainer(settings.writer(), backend);
      prepare.accept(trainer);
      ChatBot.Fit fit = ChatBot.fit(dialogues(24), dialogues(5), settings, trainer);
      return new Outcome<>(fit.bot(), fit.result());
    }

    @Override
    public void save(ChatBot bot, Path directory) {
      bot.save(directory);
    }

    @Override
    public ChatBot load(Path directory, Backend backend) {
      return ChatBot.load(directory, backend);
    }

    @Override
    public List<Reply> answers(ChatBot bot, List<String> texts) {
      ChatOptions talkative = new ChatOptions(0, 0.5, 0, "no idea");
      return texts.stream().map(text -> bot.session(talkative).say(text)).toList();
    }

    @Override
    public String outline(Object answer) {
      return ((Reply) answer).text();
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("say 1", "say 4", "please say 2", "nothing that is known");
    }
  }
}
