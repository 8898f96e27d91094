// SPDX-License-Identifier: BSD-2-Clause
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.DynamicBrokerConfig;
import org.apache.kafka.server.config.DynamicConfig;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Prints what Kafka's own ConfigDefs say of the configurations of topics and brokers, one a line, tabs between:
 * scope, name, type, how it may be set, default, rule for values, the broker's name of the same.
 */
public class ConfigCatalog {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    public static void main(String[] args) throws Exception {
        Map<String, ConfigDef.ConfigKey> topic = new TreeMap<>(LogConfig.configKeys());
        Map<String, ConfigDef.ConfigKey> broker = new TreeMap<>(AbstractKafkaConfig.CONFIG_DEF.configKeys());
        Map<String, String> modes = DynamicBrokerConfig.dynamicConfigUpdateModes();

        // The quotas of a broker are not in its definition, because no file may set them.
        DynamicConfig.Broker.configKeys().forEach(broker::putIfAbsent);
        if (!modes.keySet().containsAll(DynamicBrokerConfig.ALL_DYNAMIC_CONFIGS))
            throw new IllegalStateException("dynamic configurations without a mode");
        for (ConfigDef.ConfigKey key : broker.values())
            print("broker", key, modes.getOrDefault(key.name, "read-only"), null);
        for (ConfigDef.ConfigKey key : topic.values())
            print("topic", key, "per-topic", ServerTopicConfigSynonyms.TOPIC_CONFIG_SYNONYMS.get(key.name));
        OUT.flush();
    }

    private static void print(String scope, ConfigDef.ConfigKey key, String mode, String synonym)
            throws ReflectiveOperationException {
        if (!key.internalConfig)
            OUT.print(String.join("\t", scope, key.name, key.type.toString().toLowerCase(), mode, defaultText(key),
                rule(key.validator), synonym == null ? "-" : synonym) + "\n");
    }

    /** As Kafka writes it. An empty text is a default too, so null and none at all have words of their own. */
    private static String defaultText(ConfigDef.ConfigKey key) {
        if (!key.hasDefault())
            return "!none";
        return key.defaultValue == null ? "!null" : ConfigDef.convertToString(key.defaultValue, key.type);
    }

    private static String rule(ConfigDef.Validator v) throws ReflectiveOperationException {
        if (v == null)
            return "any";
        switch (v.getClass().getSimpleName()) {
        case "Range":
            return "range " + bound(v, "min") + " " + bound(v, "max");
        case "ValidString":
            return "word " + words(v);
        case "CaseInsensitiveValidString":
            return "word-any-case " + sortedWords(v);
        case "ValidList":
            String listed = words(field(v, "validString"));
            return ((boolean) field(v, "isEmptyAllowed") ? "list" : "list-not-empty")
                + (listed.isEmpty() ? "" : " " + listed);
        case "NonEmptyString":
            return "not-empty";
        case "NonNullValidator":
            return "any";
        case "ThrottledReplicaListValidator":
            return "replicas";
        case "LambdaValidator":
            // "[1,...,9] or -1"
            return v.toString().replaceFirst("^\\[(-?\\d+),\\.\\.\\.,(-?\\d+)\\] or (-?\\d+)$", "range $1 $2 or $3");
        default:
            return "own " + v.getClass().getSimpleName();
        }
    }

    private static String bound(Object v, String name) throws ReflectiveOperationException {
        Object bound = field(v, name);

        return bound == null ? "*" : bound.toString();
    }

    private static String words(Object v) throws ReflectiveOperationException {
        Object words = field(v, "validStrings");

        return String.join("|", ((Collection<?>) words).stream().map(String::valueOf).toArray(String[]::new));
    }

    /** Of a set, whose order is nobody's promise. */
    private static String sortedWords(Object v) throws ReflectiveOperationException {
        return String.join("|", new TreeSet<>(Arrays.asList(words(v).split("\\|"))));
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);

        field.setAccessible(true);
        return field.get(of);
    }
}
