rootProject.name = "callbacks"
