import dev.carousel.chat.*;
import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.train.ConstantRate;
import dev.carousel.translate.*;
import java.util.*;

/** Answers from dialogues that it has seen; what it is not sure of it looks up, or says so. */
public class Chat {
  private static final String DIALOGUES = """
      hello	hello , how are you ?	i am fine , thank you	good to hear
      good morning	good morning , did you sleep well ?	very well	good to hear
      what is your name ?	my name is carousel	that is a nice name	thank you
      what do you like ?	i like long sequences	why ?	because i can remember them
      how is the weather ?	it is sunny today	good	let us go for a walk
      tell me a joke	i forgot it , my forget gate was open	very funny	thank you
      who made you ?	people who like recurrent networks	good for them	i think so too
      goodbye	goodbye , see you soon	see you	take care
      """;

  public static void main(String[] args) {
    List<Dialogue> dialogues =
        DIALOGUES.lines().map(line -> new Dialogue(List.of(line.split("\t")))).toList();
    DialogueSet data = DialogueSet.of("dialogues", dialogues);
    TranslatorSettings writer =
        TranslatorSettings.DEFAULT
            .withArchitecture(
                TranslatorArchitecture.DEFAULT.withSize(
                    new TranslatorArchitecture.Size(48, 48, 1)))
            .withLearning(TranslatorLearning.DEFAULT.withBatch(8))
            .withEpochs(60);
    writer = writer.withTraining(writer.training().withSchedule(new ConstantRate(0.01)));
    ChatSettings settings = new ChatSettings(writer, 1);
    try (Backend backend = Backends.best();
        ChatBot bot = ChatBot.train(data, data, settings, backend)) {
      Session session = bot.session(ChatOptions.DEFAULT);
      for (String line : List.of("hello", "what is your name ?", "explain quantum physics")) {
        Reply reply = session.say(line);
        System.out.println("> " + line);
        System.out.println(reply.text() + "  (" + reply.origin() + ")");
      }
    }
  }
}
