package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValueFactory;
import org.junit.jupiter.api.Test;

class SettingKeyTest {

    @Test
    void everyKeyStandsInTheReferenceWithADefaultOfItsForm() {
        var reference = SettingsReader.reference();

        assertThat(SettingKey.ALL).allSatisfy(key -> {
            assertThat(reference.hasPath(key.path())).as(key.path()).isTrue();
            assertThat(key.form().accepts(reference.getValue(key.path()))).as(key.path()).isTrue();
        });
    }

    @Test
    void theReferenceHasNoKeyThatNobodyReads() {
        assertThat(SettingsReader.reference().entrySet()).allSatisfy(
                entry -> assertThat(SettingKey.of(entry.getKey())).as(entry.getKey()).isPresent());
    }

    @Test
    void everyKeyOfTheReferenceIsExplained() {
        var lines = SettingsReader.reference().entrySet();

        assertThat(lines).allSatisfy(entry -> assertThat(
                entry.getValue().origin().comments()).as(entry.getKey()).isNotEmpty());
    }

    @Test
    void theSizeThatIsGivenAsAnExampleIsPossible() {
        var sizes = SettingKey.ALL.stream()
                .filter(key -> key.form() instanceof SettingForm.Size)
                .toList();

        assertThat(sizes).isNotEmpty().allSatisfy(key -> {
            var example = key.form().expected().replaceFirst(".*such as ", "");
            assertThat(key.form().accepts(ConfigValueFactory.fromAnyRef(example)))
                    .as("%s: %s", key.path(), example)
                    .isTrue();
        });
    }

    @Test
    void everyKeyHasAVariableOfItsOwn() {
        assertThat(SettingKey.ALL).extracting(SettingKey::variable).doesNotHaveDuplicates();
        assertThat(SettingKey.of("macula.quic.port").orElseThrow().variable())
                .isEqualTo("MACULA_QUIC_PORT");
    }
}
