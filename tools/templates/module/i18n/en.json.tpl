{
  "errors": {
    "__module__": {
      "notFound": "Not found"
    }
  },
  "permissions": {
    "__module__": {
      "_": "__Module_words__",
      "read": "See __things_words__",
      "manage": "Manage __things_words__"
    }
  }
}
