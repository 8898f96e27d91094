// SPDX-License-Identifier: BSD-2-Clause
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka's own tools in one JVM that stays warm: a call takes a tenth of what a JVM of its own does.
 *
 * <p>Arguments: NAME=CLASS for each tool. It prints the port it listens on and ends with its standard
 * input. A connection is a call: the client sends the tool's name and arguments, each but the first after
 * a NUL, and closes its direction; it gets a line "STATUS BYTES", that many bytes of standard output,
 * and then standard error. Calls run side by side, each with threads of its own, by which what they print is told apart.
 */
public final class KafkaTools {
	private static final int BROKEN = 1;     // a tool that threw, as a JVM of its own would say; its trace is in standard error

	private static final class Call {
		final ByteArrayOutputStream out = new ByteArrayOutputStream(), err = new ByteArrayOutputStream();
		volatile Integer status;         // null: it has not called exit
	}

	/** Thrown where a tool would end the JVM. */
	private static final class Exited extends Error {
		Exited() {
			super("exit", null, false, false);
		}
	}

	/** Writes to the call whose thread writes. */
	private static final class Divided extends OutputStream {
		private final boolean isError;
		private final OutputStream otherwise;

		Divided(boolean isError, OutputStream otherwise) {
			this.isError = isError;
			this.otherwise = otherwise;
		}

		private OutputStream target() {
			Call call = CALL.get();
			if (call != null && call.status != null)
				return nullOutputStream();       // it has ended, but for catching what ends it
			return call == null ? otherwise : isError ? call.err : call.out;
		}

		@Override
		public void write(int b) throws IOException {
			target().write(b);
		}

		@Override
		public void write(byte[] bytes, int from, int count) throws IOException {
			target().write(bytes, from, count);
		}
	}

	private static final InheritableThreadLocal<Call> CALL = new InheritableThreadLocal<>();

	private static void exit(int status) {
		Call call = CALL.get();
		if (call == null)
			Runtime.getRuntime().halt(BROKEN);
		if (call.status == null)
			call.status = status;
		throw new Exited();
	}

	private static void run(Call call, String name, String[] arguments) {
		try {
			Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
		} catch (InvocationTargetException e) {
			if (!(e.getCause() instanceof Exited)) {
				e.getCause().printStackTrace();
				call.status = BROKEN;
			}
		} catch (ReflectiveOperationException e) {
			e.printStackTrace();
			call.status = BROKEN;
		}
	}

	private static void serve(Socket client, Map<String, String> tools) {
		try (client) {
			String[] words = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0", -1);
			Call call = new Call();
			CALL.set(call);
			run(call, tools.getOrDefault(words[0], words[0]), Arrays.copyOfRange(words, 1, words.length));
			CALL.remove();
			int status = call.status == null ? 0 : call.status;
			OutputStream to = client.getOutputStream();
			to.write((status + " " + call.out.size() + "\n").getBytes(StandardCharsets.UTF_8));
			call.out.writeTo(to);
			call.err.writeTo(to);
			to.flush();
		} catch (IOException e) {
			// The client has gone: nobody waits for the answer.
		}
	}

	/** Ends the JVM when who started it closes our standard input, or ends. */
	private static void endWithInput() {
		try {
			while (System.in.read() >= 0)
				continue;
		} catch (IOException e) {
			// As good as its end.
		}
		Runtime.getRuntime().halt(0);
	}

	/** Empties a cluster between two programs of tests, so that the next finds it as if it were new. */
	public static final class Reset {
		private static final Duration DEADLINE = Duration.ofSeconds(90);  // members that were killed leave within 45 s

		public static void main(String[] arguments) throws Exception {
			Instant deadline = Instant.now().plus(DEADLINE);
			try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[1]))) {
				resetSettings(admin);
				resetQuotas(admin);
				while (!deleteTopics(admin) | !deleteGroups(admin)) {
					if (Instant.now().isAfter(deadline))
						throw new IllegalStateException("not empty within " + DEADLINE.toSeconds() + " s");
					Thread.sleep(50);
				}
				while (!isWhole(admin)) {
					if (Instant.now().isAfter(deadline))
						throw new IllegalStateException("replicas not in sync within " + DEADLINE.toSeconds() + " s");
					Thread.sleep(50);
				}
			}
		}

		/** Every replica of what is left, Kafka's own topics, is in sync and the first one leads. */
		private static boolean isWhole(Admin admin) throws Exception {
			Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
			Set<TopicPartition> moved = new HashSet<>();
			for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values())
				for (TopicPartitionInfo partition : topic.partitions()) {
					if (partition.isr().size() < partition.replicas().size())
						return false;
					if (!partition.replicas().get(0).equals(partition.leader()))
						moved.add(new TopicPartition(topic.name(), partition.partition()));
				}
			if (!moved.isEmpty())
				attempt(admin.electLeaders(ElectionType.PREFERRED, moved).all());
			return moved.isEmpty();
		}

		/** Whether there were none left. */
		private static boolean deleteTopics(Admin admin) throws Exception {
			Set<String> names = admin.listTopics().names().get();
			for (KafkaFuture<Void> topic : admin.deleteTopics(names).topicNameValues().values())
				attempt(topic);
			return names.isEmpty();
		}

		private static boolean deleteGroups(Admin admin) throws Exception {
			Collection<GroupListing> groups = admin.listGroups().all().get();
			for (GroupListing group : groups) {
				List<String> id = List.of(group.groupId());
				GroupType type = group.type().orElse(GroupType.CLASSIC);
				if (type == GroupType.CLASSIC)
					attempt(admin.removeMembersFromConsumerGroup(group.groupId(),
						new RemoveMembersFromConsumerGroupOptions()).all());
				attempt(type == GroupType.SHARE ? admin.deleteShareGroups(id).all()
					: type == GroupType.STREAMS ? admin.deleteStreamsGroups(id).all()
					: admin.deleteConsumerGroups(id).all());
			}
			return groups.isEmpty();
		}

		/** What may fail because it has happened, or cannot yet: the next look decides. */
		private static void attempt(KafkaFuture<Void> future) throws InterruptedException {
			try {
				future.get();
			} catch (ExecutionException e) {
				System.err.println(e.getCause().getMessage());
			}
		}

		private static void resetSettings(Admin admin) throws Exception {
			List<ConfigResource> brokers = new ArrayList<>();
			brokers.add(new ConfigResource(ConfigResource.Type.BROKER, ""));
			for (Node node : admin.describeCluster().nodes().get())
				brokers.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString()));
			Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
			admin.describeConfigs(brokers).all().get().forEach((broker, config) -> {
				ConfigEntry.ConfigSource dynamic = broker.name().isEmpty()
					? ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG
					: ConfigEntry.ConfigSource.DYNAMIC_BROKER_CONFIG;
				// Kafka sets min.insync.replicas itself, and lets nobody take it back.
				List<AlterConfigOp> ops = config.entries().stream()
					.filter(entry -> entry.source() == dynamic && !entry.name().equals("min.insync.replicas"))
					.map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.DELETE))
					.collect(Collectors.toList());
				if (!ops.isEmpty())
					changes.put(broker, ops);
			});
			admin.incrementalAlterConfigs(changes).all().get();
		}

		private static void resetQuotas(Admin admin) throws Exception {
			List<ClientQuotaAlteration> changes = new ArrayList<>();
			admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get().forEach((entity, quotas) ->
				changes.add(new ClientQuotaAlteration(entity, quotas.keySet().stream()
					.map(key -> new ClientQuotaAlteration.Op(key, null)).collect(Collectors.toList()))));
			admin.alterClientQuotas(changes).all().get();
		}
	}

	public static void main(String[] arguments) throws IOException {
		Map<String, String> tools = new HashMap<>(Map.of("reset", Reset.class.getName()));
		for (String argument : arguments) {
			String[] pair = argument.split("=", 2);
			tools.put(pair[0], pair[1]);
		}
		PrintStream out = System.out, err = System.err;
		System.setOut(new PrintStream(new Divided(false, out), true, StandardCharsets.UTF_8));
		System.setErr(new PrintStream(new Divided(true, err), true, StandardCharsets.UTF_8));
		Exit.setExitProcedure((status, message) -> exit(status));
		Exit.setHaltProcedure((status, message) -> exit(status));
		Exit.setShutdownHookAdder((name, hook) -> { });
		Thread watcher = new Thread(KafkaTools::endWithInput, "input");
		watcher.setDaemon(true);
		watcher.start();
		try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			out.println(listening.getLocalPort());
			out.flush();
			while (true) {
				Socket client = listening.accept();
				new Thread(() -> serve(client, tools), "call").start();
			}
		}
	}
}
