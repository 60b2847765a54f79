{
  "errors": {
    "__module__": {
      "notFound": "Запись не найдена"
    }
  },
  "permissions": {
    "__module__": {
      "_": "__Module_words__",
      "read": "Видеть раздел «__module_words__»",
      "manage": "Управлять разделом «__module_words__»"
    }
  }
}
