export { AppModule, DomainModule } from './app.module';
