// gradle run
plugins {
    application
}

repositories {
    mavenLocal() // where `make build` puts naja
    mavenCentral()
}

dependencies {
    implementation("dev.naja:naja:0.1.0")
}

tasks.withType<JavaCompile> {
    options.release.set(11)
}

application {
    mainClass.set("dev.naja.examples.callbacks.Payments")
}
